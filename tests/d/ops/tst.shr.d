/* >> keeps the sign of a signed type, and fills up an unsigned one with zeros. */
#pragma D option quiet

BEGIN
{
	x = -16;
	u = 0xfffffff0;
	printf("%d %d %u %d\n", x >> 2, x >> 31, u >> 2, 1024 >> 3);
	exit(0);
}
