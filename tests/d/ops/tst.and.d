/* &, bit by bit. */
#pragma D option quiet

BEGIN
{
	x = 0xff0f;
	printf("%x %x %d\n", x & 0xf0f, x & -2, 12 & 10);
	exit(0);
}
