/* -> reads and writes members in memory */
#pragma D option quiet

struct point { int x; int y; };

BEGIN
{
	p = (struct point *)alloca(sizeof (struct point) * 2); p->x = 3; p->y = -4; (p + 1)->x = 5; p[1].y = p->x + p[1].x;
	printf("%d\n", p->x);
	printf("%d\n", p->y);
	printf("%d\n", p[1].x);
	printf("%d\n", (p + 1)->y);
	printf("%d\n", &p[1].y - &p->x);
	printf("%d\n", (int)(&p[1] - p));
	p++;
	printf("%d\n", p->y);
	exit(0);
}
