/* ^, bit by bit. */
#pragma D option quiet

BEGIN
{
	x = 0xff;
	printf("%x %d %d\n", x ^ 0xf0, 12 ^ 10, x ^ x);
	exit(0);
}
