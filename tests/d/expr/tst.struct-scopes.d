/* Structures as thread-local and clause-local variables and elements of arrays */
#pragma D option quiet

struct p { int x; int y; };
this struct p p;
self struct p p;
struct p a[string];

BEGIN
{
	this->p.x = 4; self->p = this->p; self->p.y = 5; a["k"] = self->p; a["k"].x += 10;
	printf("%d %d\n", this->p.x, this->p.y);
	printf("%d %d\n", self->p.x, self->p.y);
	printf("%d %d\n", a["k"].x, a["k"].y);
	printf("%d\n", a["none"].x);
	exit(0);
}
