/* A declaration gives the type that counts */
#pragma D option quiet

int8_t b;
self uint16_t w;
uint16_t x[int];
this long p;

BEGIN
{
	b = 200;
	printf("%d\n", b);
	self->w = -1;
	printf("%u\n", self->w);
	x[5] = 70000;
	printf("%d\n", x[5]);
	this->p = 7;
	printf("%d\n", sizeof (this->p));
	exit(0);
}
