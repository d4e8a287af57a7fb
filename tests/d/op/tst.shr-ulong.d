/* >> of unsigned longs. */
#pragma D option quiet

unsigned long a;
char n;

BEGIN
{
	a = 0xfffffffffffffff0ul;
	n = 4;
	printf("%u\n", a >> n);
	printf("%u\n", a >> 1);
	printf("%u\n", 1ul >> 63);
	printf("%u\n", a >> 63);
	exit(0);
}
