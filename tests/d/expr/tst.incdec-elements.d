/* ++ and -- on elements, thread-local and clause-local variables */
#pragma D option quiet

BEGIN
{
	a[1, "x"]++; a[1, "x"]++;
	printf("%d\n", a[1, "x"]);
	printf("%d\n", a[2, "x"]--);
	printf("%d\n", a[2, "x"]);
	self->n++;
	printf("%d\n", ++self->n);
	this->n = 3; this->n--;
	printf("%d\n", this->n);
	exit(0);
}
