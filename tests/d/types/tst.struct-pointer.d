/* -> reads what a pointer points to. */
#pragma D option quiet

struct s { int a; char b; short c[3]; };
BEGIN
{
	this->p = (struct s *)alloca(sizeof (struct s));
	this->p->a = 70000;
	this->p->b = 'x';
	this->p->c[1] = -2;
	(*this->p).c[2] = 9;
	printf("%d %c %d %d %d\n", this->p->a, this->p->b, this->p->c[0], this->p->c[1], this->p->c[2]);
	exit(0);
}
