/* Decimal, octal, hexadecimal, and what the suffixes say. */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d %d\n", 10, 010, 0x10, 0XfF);
	printf("%d %d %d %d %d %d\n", sizeof (1), sizeof (1l), sizeof (1ll), sizeof (1u), sizeof (1ul), sizeof (1ull));
	printf("%d %d %d\n", sizeof (2147483647), sizeof (2147483648), sizeof (0xffffffff));
	printf("%u\n", 18446744073709551615u);
	exit(0);
}
