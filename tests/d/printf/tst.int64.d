/* the ends of 64 bits */
#pragma D option quiet

BEGIN
{
	printf("%d %d %u\n", -9223372036854775807 - 1, 9223372036854775807, 0xffffffffffffffff);
	exit(0);
}
