/* >> of unsigned ints. */
#pragma D option quiet

unsigned int a;
int n;

BEGIN
{
	a = 4000000000u;
	n = 3;
	printf("%u\n", a >> n);
	printf("%u\n", a >> 0);
	printf("%u\n", 1u >> n);
	printf("%u\n", 0xf0000000u >> 4);
	printf("%u\n", a >> 31);
	exit(0);
}
