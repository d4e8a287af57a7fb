/* Casts of constants to short. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", (short)0);
	printf("%d\n", (short)1);
	printf("%d\n", (short)-1);
	printf("%d\n", (short)127);
	printf("%d\n", (short)128);
	printf("%d\n", (short)255);
	printf("%d\n", (short)256);
	printf("%d\n", (short)-129);
	printf("%d\n", (short)65535);
	printf("%d\n", (short)65536);
	printf("%d\n", (short)2147483647);
	printf("%d\n", (short)2147483648);
	printf("%d\n", (short)-2147483649);
	printf("%d\n", (short)4294967296);
	printf("%d\n", (short)0x123456789abcdef0);
	printf("%d\n", (short)0xffffffffffffffff);
	exit(0);
}
