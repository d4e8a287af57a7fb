/* Addition in the type that C would take */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 + 2);
	printf("%d\n", -1 + 1);
	printf("%d\n", 2147483647 + 1);
	printf("%d\n", 2147483647 + 1L);
	printf("%u\n", 4294967295u + 1u);
	printf("%d\n", 9223372036854775807 + 1);
	exit(0);
}
