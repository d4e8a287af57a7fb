/* Casts of constants to unsigned char. */
#pragma D option quiet

BEGIN
{
	printf("%u\n", (unsigned char)0);
	printf("%u\n", (unsigned char)1);
	printf("%u\n", (unsigned char)-1);
	printf("%u\n", (unsigned char)127);
	printf("%u\n", (unsigned char)128);
	printf("%u\n", (unsigned char)255);
	printf("%u\n", (unsigned char)256);
	printf("%u\n", (unsigned char)-129);
	printf("%u\n", (unsigned char)65535);
	printf("%u\n", (unsigned char)65536);
	printf("%u\n", (unsigned char)2147483647);
	printf("%u\n", (unsigned char)2147483648);
	printf("%u\n", (unsigned char)-2147483649);
	printf("%u\n", (unsigned char)4294967296);
	printf("%u\n", (unsigned char)0x123456789abcdef0);
	printf("%u\n", (unsigned char)0xffffffffffffffff);
	exit(0);
}
