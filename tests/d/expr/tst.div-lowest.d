/* The lowest integer divided by -1 wraps */
#pragma D option quiet

BEGIN
{
	i = (int64_t)(-9223372036854775807 - 1); m = (int64_t)-1;
	printf("%d\n", i / m);
	printf("%d\n", i % m);
	k = (int)(-2147483647 - 1); n = (int)-1;
	printf("%d\n", k / n);
	exit(0);
}
