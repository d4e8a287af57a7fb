/* Assignment to a variable of type int16_t converts. */
#pragma D option quiet

int16_t x;
long v;

BEGIN
{
	printf("%d\n", x = 0);
	printf("%d\n", x = 1);
	printf("%d\n", x = -1);
	printf("%d\n", x = 127);
	printf("%d\n", x = 128);
	printf("%d\n", x = 255);
	printf("%d\n", x = 256);
	printf("%d\n", x = -129);
	printf("%d\n", x = 65535);
	printf("%d\n", x = 65536);
	printf("%d\n", x = 2147483647);
	printf("%d\n", x = 2147483648);
	printf("%d\n", x = -2147483649);
	printf("%d\n", x = 4294967296);
	printf("%d\n", x = 0x123456789abcdef0);
	printf("%d\n", x = 0xffffffffffffffff);
	printf("%d\n", (v = 0x1ffffffff, x = v));
	exit(0);
}
