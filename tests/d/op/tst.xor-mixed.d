/* ^ of operands of different types: the common type is that of C. */
#pragma D option quiet

int a;
unsigned int b;
long c;
unsigned long d;
short e;

BEGIN
{
	a = -5;
	b = 3;
	c = -7;
	d = 2;
	e = -1;
	printf("%d\n", a ^ b);
	printf("%d\n", a ^ c);
	printf("%d\n", b ^ c);
	printf("%d\n", c ^ b);
	printf("%d\n", a ^ d);
	printf("%d\n", c ^ d);
	printf("%d\n", e ^ b);
	printf("%d\n", e ^ d);
	exit(0);
}
