/* Pointers into scratch memory. */
#pragma D option quiet

BEGIN
{
	this->p = (int *)alloca(4 * sizeof (int));
	*this->p = 10;
	this->p[1] = 20;
	*(this->p + 2) = 30;
	this->q = &this->p[3];
	*this->q = 40;
	printf("%d %d %d %d %d\n", this->p[0], this->p[1], this->p[2], *(this->q - 3), this->q - this->p);
	exit(0);
}
