/* Casts of constants to int. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", (int)0);
	printf("%d\n", (int)1);
	printf("%d\n", (int)-1);
	printf("%d\n", (int)127);
	printf("%d\n", (int)128);
	printf("%d\n", (int)255);
	printf("%d\n", (int)256);
	printf("%d\n", (int)-129);
	printf("%d\n", (int)65535);
	printf("%d\n", (int)65536);
	printf("%d\n", (int)2147483647);
	printf("%d\n", (int)2147483648);
	printf("%d\n", (int)-2147483649);
	printf("%d\n", (int)4294967296);
	printf("%d\n", (int)0x123456789abcdef0);
	printf("%d\n", (int)0xffffffffffffffff);
	exit(0);
}
