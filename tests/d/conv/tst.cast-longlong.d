/* Casts of constants to long long. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", (long long)0);
	printf("%d\n", (long long)1);
	printf("%d\n", (long long)-1);
	printf("%d\n", (long long)127);
	printf("%d\n", (long long)128);
	printf("%d\n", (long long)255);
	printf("%d\n", (long long)256);
	printf("%d\n", (long long)-129);
	printf("%d\n", (long long)65535);
	printf("%d\n", (long long)65536);
	printf("%d\n", (long long)2147483647);
	printf("%d\n", (long long)2147483648);
	printf("%d\n", (long long)-2147483649);
	printf("%d\n", (long long)4294967296);
	printf("%d\n", (long long)0x123456789abcdef0);
	printf("%d\n", (long long)0xffffffffffffffff);
	exit(0);
}
