/* Unary operators bind closer than binary ones. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", -2 + 3);
	printf("%d\n", - 2 * 3);
	printf("%d\n", !0 + 1);
	printf("%d\n", ~0 & 7);
	printf("%d\n", !1 == 0);
	printf("%d\n", -1 < 0);
	exit(0);
}
