/* print of a struct in a struct */
#pragma D option quiet

struct in { int x; };
struct s { struct in a; int b; };

BEGIN
{
	this->p = (struct s *)alloca(sizeof (struct s));
	this->p->a.x = 7;
	print(*this->p);
	printf("\n");
	exit(0);
}
