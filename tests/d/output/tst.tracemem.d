/* tracemem: 16 bytes a line */
BEGIN
{
	this->p = (char *)alloca(20);
	bcopy("abcdefghijklmnopqrs", this->p, 20);
	tracemem(this->p, 20);
	exit(0);
}
