/* Casts of constants to unsigned int. */
#pragma D option quiet

BEGIN
{
	printf("%u\n", (unsigned int)0);
	printf("%u\n", (unsigned int)1);
	printf("%u\n", (unsigned int)-1);
	printf("%u\n", (unsigned int)127);
	printf("%u\n", (unsigned int)128);
	printf("%u\n", (unsigned int)255);
	printf("%u\n", (unsigned int)256);
	printf("%u\n", (unsigned int)-129);
	printf("%u\n", (unsigned int)65535);
	printf("%u\n", (unsigned int)65536);
	printf("%u\n", (unsigned int)2147483647);
	printf("%u\n", (unsigned int)2147483648);
	printf("%u\n", (unsigned int)-2147483649);
	printf("%u\n", (unsigned int)4294967296);
	printf("%u\n", (unsigned int)0x123456789abcdef0);
	printf("%u\n", (unsigned int)0xffffffffffffffff);
	exit(0);
}
