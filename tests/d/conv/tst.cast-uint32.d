/* Casts of constants to uint32_t. */
#pragma D option quiet

BEGIN
{
	printf("%u\n", (uint32_t)0);
	printf("%u\n", (uint32_t)1);
	printf("%u\n", (uint32_t)-1);
	printf("%u\n", (uint32_t)127);
	printf("%u\n", (uint32_t)128);
	printf("%u\n", (uint32_t)255);
	printf("%u\n", (uint32_t)256);
	printf("%u\n", (uint32_t)-129);
	printf("%u\n", (uint32_t)65535);
	printf("%u\n", (uint32_t)65536);
	printf("%u\n", (uint32_t)2147483647);
	printf("%u\n", (uint32_t)2147483648);
	printf("%u\n", (uint32_t)-2147483649);
	printf("%u\n", (uint32_t)4294967296);
	printf("%u\n", (uint32_t)0x123456789abcdef0);
	printf("%u\n", (uint32_t)0xffffffffffffffff);
	exit(0);
}
