/* print of a union: each member */
#pragma D option quiet

union u { int i; char c[4]; };

BEGIN
{
	this->p = (union u *)alloca(sizeof (union u));
	this->p->i = 0x44434241;
	print(*this->p);
	printf("\n");
	exit(0);
}
