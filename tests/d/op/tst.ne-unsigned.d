/* != of unsigned operands. */
#pragma D option quiet

unsigned int a;
unsigned int b;
unsigned long c;
unsigned char d;

BEGIN
{
	a = 0xffffffffu;
	b = 1;
	c = 0xffffffffffffffff;
	d = 255;
	printf("%d\n", a != b);
	printf("%d\n", b != a);
	printf("%d\n", a != a);
	printf("%d\n", a != c);
	printf("%d\n", c != a);
	printf("%d\n", d != b);
	printf("%d\n", d != d);
	printf("%d\n", 1u != 2u);
	exit(0);
}
