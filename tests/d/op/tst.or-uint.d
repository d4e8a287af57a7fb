/* | of unsigned ints. */
#pragma D option quiet

unsigned int a;
unsigned int b;

BEGIN
{
	a = 4000000000u;
	b = 3000000001u;
	printf("%u\n", a | b);
	printf("%u\n", b | a);
	printf("%u\n", a | 7);
	printf("%u\n", -7 | b);
	printf("%u\n", 7 | -b);
	exit(0);
}
