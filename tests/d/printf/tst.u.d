/* %u prints without sign, as wide as the value is */
#pragma D option quiet

BEGIN
{
	printf("%u %u %u\n", (int8_t)-1, (short)-1, -1);
	printf("%u\n", -1ll);
	exit(0);
}
