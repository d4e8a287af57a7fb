/* Casts of constants to unsigned long long. */
#pragma D option quiet

BEGIN
{
	printf("%u\n", (unsigned long long)0);
	printf("%u\n", (unsigned long long)1);
	printf("%u\n", (unsigned long long)-1);
	printf("%u\n", (unsigned long long)127);
	printf("%u\n", (unsigned long long)128);
	printf("%u\n", (unsigned long long)255);
	printf("%u\n", (unsigned long long)256);
	printf("%u\n", (unsigned long long)-129);
	printf("%u\n", (unsigned long long)65535);
	printf("%u\n", (unsigned long long)65536);
	printf("%u\n", (unsigned long long)2147483647);
	printf("%u\n", (unsigned long long)2147483648);
	printf("%u\n", (unsigned long long)-2147483649);
	printf("%u\n", (unsigned long long)4294967296);
	printf("%u\n", (unsigned long long)0x123456789abcdef0);
	printf("%u\n", (unsigned long long)0xffffffffffffffff);
	exit(0);
}
