/* The remainder has the sign of the left side */
#pragma D option quiet

BEGIN
{
	i = 7; j = 3;
	printf("%d\n", i % j);
	printf("%d\n", -i % j);
	printf("%d\n", i % -j);
	printf("%d\n", -i % -j);
	u = (uint64_t)18446744073709551615;
	printf("%u\n", u % 10);
	exit(0);
}
