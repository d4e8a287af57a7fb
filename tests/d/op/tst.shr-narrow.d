/* >> of narrow operands: they become ints. */
#pragma D option quiet

char a;
unsigned char b;
unsigned short c;

BEGIN
{
	a = -100;
	b = 200;
	c = 65000;
	printf("%d\n", a >> 4);
	printf("%d\n", b >> 4);
	printf("%d\n", c >> 8);
	printf("%d\n", a >> b - 198);
	exit(0);
}
