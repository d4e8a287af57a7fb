/* Assignment to a variable of type uint8_t converts. */
#pragma D option quiet

uint8_t x;
long v;

BEGIN
{
	printf("%u\n", x = 0);
	printf("%u\n", x = 1);
	printf("%u\n", x = -1);
	printf("%u\n", x = 127);
	printf("%u\n", x = 128);
	printf("%u\n", x = 255);
	printf("%u\n", x = 256);
	printf("%u\n", x = -129);
	printf("%u\n", x = 65535);
	printf("%u\n", x = 65536);
	printf("%u\n", x = 2147483647);
	printf("%u\n", x = 2147483648);
	printf("%u\n", x = -2147483649);
	printf("%u\n", x = 4294967296);
	printf("%u\n", x = 0x123456789abcdef0);
	printf("%u\n", x = 0xffffffffffffffff);
	printf("%u\n", (v = 0x1ffffffff, x = v));
	exit(0);
}
