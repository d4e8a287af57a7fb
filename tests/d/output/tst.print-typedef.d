/* print of a typedef */
#pragma D option quiet

typedef struct pair { int x, y; } pair_t;

BEGIN
{
	this->p = (pair_t *)alloca(sizeof (pair_t));
	this->p->y = 2;
	print(*this->p);
	printf("\n");
	exit(0);
}
