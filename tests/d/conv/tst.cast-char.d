/* Casts of constants to char. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", (char)0);
	printf("%d\n", (char)1);
	printf("%d\n", (char)-1);
	printf("%d\n", (char)127);
	printf("%d\n", (char)128);
	printf("%d\n", (char)255);
	printf("%d\n", (char)256);
	printf("%d\n", (char)-129);
	printf("%d\n", (char)65535);
	printf("%d\n", (char)65536);
	printf("%d\n", (char)2147483647);
	printf("%d\n", (char)2147483648);
	printf("%d\n", (char)-2147483649);
	printf("%d\n", (char)4294967296);
	printf("%d\n", (char)0x123456789abcdef0);
	printf("%d\n", (char)0xffffffffffffffff);
	exit(0);
}
