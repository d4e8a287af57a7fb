/* Assignment operators on long: the result has its width. */
#pragma D option quiet

long a;
int b;

BEGIN
{
	a = 9223372036854775806;
	b = 7;
	printf("%d\n", a += b);
	printf("%d\n", a -= b);
	printf("%d\n", a *= 3);
	printf("%d\n", a /= b);
	printf("%d\n", a %= 11);
	printf("%d\n", a <<= 2);
	printf("%d\n", a >>= 1);
	printf("%d\n", a |= 0x100);
	printf("%d\n", a &= 0xff);
	printf("%d\n", a ^= 0x55);
	printf("%d\n", a = b);
	printf("%d\n", a += a);
	exit(0);
}
