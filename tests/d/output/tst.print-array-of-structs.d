/* print of an array of structs */
#pragma D option quiet

struct in { int x; };
struct s { struct in two[2]; };

BEGIN
{
	this->p = (struct s *)alloca(sizeof (struct s));
	this->p->two[1].x = 1;
	print(*this->p);
	printf("\n");
	exit(0);
}
