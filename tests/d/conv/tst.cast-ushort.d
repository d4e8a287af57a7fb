/* Casts of constants to unsigned short. */
#pragma D option quiet

BEGIN
{
	printf("%u\n", (unsigned short)0);
	printf("%u\n", (unsigned short)1);
	printf("%u\n", (unsigned short)-1);
	printf("%u\n", (unsigned short)127);
	printf("%u\n", (unsigned short)128);
	printf("%u\n", (unsigned short)255);
	printf("%u\n", (unsigned short)256);
	printf("%u\n", (unsigned short)-129);
	printf("%u\n", (unsigned short)65535);
	printf("%u\n", (unsigned short)65536);
	printf("%u\n", (unsigned short)2147483647);
	printf("%u\n", (unsigned short)2147483648);
	printf("%u\n", (unsigned short)-2147483649);
	printf("%u\n", (unsigned short)4294967296);
	printf("%u\n", (unsigned short)0x123456789abcdef0);
	printf("%u\n", (unsigned short)0xffffffffffffffff);
	exit(0);
}
