/* Unary - and +. */
#pragma D option quiet

BEGIN
{
	x = 5;
	u = 1u;
	printf("%d %d %u %d %d\n", -x, - -x, -u, +x, -(-2147483647 - 1));
	exit(0);
}
