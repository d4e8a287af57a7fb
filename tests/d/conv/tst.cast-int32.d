/* Casts of constants to int32_t. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", (int32_t)0);
	printf("%d\n", (int32_t)1);
	printf("%d\n", (int32_t)-1);
	printf("%d\n", (int32_t)127);
	printf("%d\n", (int32_t)128);
	printf("%d\n", (int32_t)255);
	printf("%d\n", (int32_t)256);
	printf("%d\n", (int32_t)-129);
	printf("%d\n", (int32_t)65535);
	printf("%d\n", (int32_t)65536);
	printf("%d\n", (int32_t)2147483647);
	printf("%d\n", (int32_t)2147483648);
	printf("%d\n", (int32_t)-2147483649);
	printf("%d\n", (int32_t)4294967296);
	printf("%d\n", (int32_t)0x123456789abcdef0);
	printf("%d\n", (int32_t)0xffffffffffffffff);
	exit(0);
}
