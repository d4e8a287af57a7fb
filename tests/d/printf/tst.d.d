/* %d of each size of integer, signed by its type */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d %d\n", (int8_t)-1, (int16_t)-1, (int32_t)-1, (int64_t)-1);
	printf("%d %d %d\n", (uint8_t)255, (uint16_t)65535, (uint32_t)4294967295);
	printf("%d\n", (uint64_t)18446744073709551615ull);
	exit(0);
}
