/* + of ints wraps at 32 bits. */
#pragma D option quiet

int a;
int b;

BEGIN
{
	a = 2000000000;
	b = -1999999999;
	printf("%d\n", a + b);
	printf("%d\n", b + a);
	printf("%d\n", a + 7);
	printf("%d\n", -7 + b);
	printf("%d\n", a + a);
	exit(0);
}
