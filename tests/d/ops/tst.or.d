/* |, bit by bit. */
#pragma D option quiet

BEGIN
{
	x = 0xf00;
	printf("%x %d\n", x | 0xf, 12 | 10);
	exit(0);
}
