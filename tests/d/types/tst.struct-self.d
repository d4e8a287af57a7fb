/* A self-> variable of a struct type. */
#pragma D option quiet

struct s { int a; long b; };
self struct s v;
BEGIN
{
	self->v.a = 1;
	self->v.b = 2;
	self->v.a += 5;
	printf("%d %d\n", self->v.a, self->v.b);
	exit(0);
}
