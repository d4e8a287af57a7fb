/* Casts of constants to signed char. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", (signed char)0);
	printf("%d\n", (signed char)1);
	printf("%d\n", (signed char)-1);
	printf("%d\n", (signed char)127);
	printf("%d\n", (signed char)128);
	printf("%d\n", (signed char)255);
	printf("%d\n", (signed char)256);
	printf("%d\n", (signed char)-129);
	printf("%d\n", (signed char)65535);
	printf("%d\n", (signed char)65536);
	printf("%d\n", (signed char)2147483647);
	printf("%d\n", (signed char)2147483648);
	printf("%d\n", (signed char)-2147483649);
	printf("%d\n", (signed char)4294967296);
	printf("%d\n", (signed char)0x123456789abcdef0);
	printf("%d\n", (signed char)0xffffffffffffffff);
	exit(0);
}
