/* A structure is copied between memory and a variable */
#pragma D option quiet

struct p { int x; int y; };
struct p v;

BEGIN
{
	p = (struct p *)alloca(sizeof (struct p)); p->x = 6; p->y = 7; v = *p; v.x = 8; *p = v;
	printf("%d %d\n", v.x, v.y);
	printf("%d %d\n", p->x, p->y);
	exit(0);
}
