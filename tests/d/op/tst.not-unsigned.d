/* ~ of unsigned operands. */
#pragma D option quiet

unsigned int u;
unsigned long l;

BEGIN
{
	u = 5;
	l = 5;
	printf("%u\n", ~u);
	printf("%u\n", ~l);
	printf("%u\n", ~0u);
	printf("%u\n", ~0ul);
	exit(0);
}
