/* The largest constant there is, hexadecimal and with a suffix. */
#pragma D option quiet

BEGIN
{
	printf("%u\n", 0xffffffffffffffff);
	printf("%u\n", 18446744073709551615ull);
	printf("%u\n", 01777777777777777777777);
	exit(0);
}
