/* Assignment operators on unsigned int: the result has its width. */
#pragma D option quiet

unsigned int a;
int b;

BEGIN
{
	a = 4294967294u;
	b = 7;
	printf("%u\n", a += b);
	printf("%u\n", a -= b);
	printf("%u\n", a *= 3);
	printf("%u\n", a /= b);
	printf("%u\n", a %= 11);
	printf("%u\n", a <<= 2);
	printf("%u\n", a >>= 1);
	printf("%u\n", a |= 0x100);
	printf("%u\n", a &= 0xff);
	printf("%u\n", a ^= 0x55);
	printf("%u\n", a = b);
	printf("%u\n", a += a);
	exit(0);
}
