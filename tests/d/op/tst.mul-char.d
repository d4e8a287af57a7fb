/* * of operands narrower than int: they become ints. */
#pragma D option quiet

char a;
unsigned char b;

BEGIN
{
	a = 100;
	b = 200;
	printf("%d\n", a * b);
	printf("%d\n", b * a);
	printf("%d\n", a * 3);
	printf("%d\n", 100 * b);
	printf("%d\n", 100 * -7);
	exit(0);
}
