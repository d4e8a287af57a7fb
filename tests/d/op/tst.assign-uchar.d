/* Assignment operators on unsigned char: the result has its width. */
#pragma D option quiet

unsigned char a;
int b;

BEGIN
{
	a = 254;
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
