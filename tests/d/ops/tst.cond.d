/* ?: evaluates one side. */
#pragma D option quiet

BEGIN
{
	n = 0;
	x = 3;
	printf("%d %d", x > 2 ? 10 : 20, x > 5 ? 10 : 20);
	y = x ? 1 : n++;
	printf(" %d\n", n);
	exit(0);
}
