/* Arrays in structures and structures in arrays */
#pragma D option quiet

struct p { int x; int y; };
struct v { struct p p[2]; short n[3]; };
struct v v;

BEGIN
{
	v.p[1].x = 3; i = 1; v.p[i].y = 4; v.n[i + 1] = v.p[i].x + v.p[1].y;
	printf("%d\n", v.n[2]);
	printf("%d\n", v.p[i].x);
	printf("%d\n", v.p[0].x);
	v.p[0] = v.p[1];
	printf("%d\n", v.p[0].y);
	exit(0);
}
