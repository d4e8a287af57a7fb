/* Members of a struct. */
#pragma D option quiet

struct point { int x; int y; char name[8]; };
struct point p, q;
BEGIN
{
	p.x = 3;
	p.y = -4;
	p.name[0] = 'o';
	p.name[1] = 0;
	q = p;
	p.x = 0;
	printf("%d %d %d %s\n", p.x, q.x, q.y, q.name);
	exit(0);
}
