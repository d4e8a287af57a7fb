/* print of arrays */
#pragma D option quiet

struct s { int a[3]; char name[8]; };

BEGIN
{
	this->p = (struct s *)alloca(sizeof (struct s));
	this->p->a[1] = 9;
	bcopy("abc", this->p->name, 4);
	print(*this->p);
	printf("\n");
	exit(0);
}
