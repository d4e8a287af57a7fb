/* print of a struct */
#pragma D option quiet

struct s { int a; char c; long l; };

BEGIN
{
	this->p = (struct s *)alloca(sizeof (struct s));
	this->p->a = 5;
	this->p->c = 'x';
	this->p->l = -1;
	print(*this->p);
	printf("\n");
	exit(0);
}
