/* > of operands of different signedness: -1 is large where the common type is unsigned. */
#pragma D option quiet

int a;
unsigned int b;
long c;
unsigned long d;
unsigned short e;

BEGIN
{
	a = -1;
	b = 1;
	c = -1;
	d = 1;
	e = 1;
	printf("%d\n", a > b);
	printf("%d\n", b > a);
	printf("%d\n", c > b);
	printf("%d\n", c > d);
	printf("%d\n", d > a);
	printf("%d\n", a > e);
	printf("%d\n", -1 > 1u);
	printf("%d\n", -1l > 1u);
	exit(0);
}
