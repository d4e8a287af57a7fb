/* + of unsigned longs. */
#pragma D option quiet

unsigned long a;
unsigned long b;

BEGIN
{
	a = 0xfffffffffffffff0ul;
	b = 10;
	printf("%u\n", a + b);
	printf("%u\n", b + a);
	printf("%u\n", a + a);
	printf("%u\n", a + 3);
	printf("%u\n", 3 + a);
	exit(0);
}
