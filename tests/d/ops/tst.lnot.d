/* ! gives 0 or 1. */
#pragma D option quiet

BEGIN
{
	x = 5;
	printf("%d %d %d %d\n", !x, !!x, !0, !(x - 5));
	exit(0);
}
