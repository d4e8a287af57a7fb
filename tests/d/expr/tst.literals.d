/* Integers in three bases, with suffixes */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 0x1F);
	printf("%d\n", 017);
	printf("%d\n", 0);
	printf("%u\n", 0xffffffff);
	printf("%d\n", 10L);
	printf("%u\n", 10ul);
	printf("%u\n", 18446744073709551615ULL);
	printf("%d\n", 'A');
	printf("%d\n", '\n');
	printf("%d\n", '\x41');
	printf("%d\n", '\101');
	exit(0);
}
