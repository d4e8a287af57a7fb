/* / cuts towards zero; unsigned types divide unsigned. */
#pragma D option quiet

BEGIN
{
	x = 7;
	u = 4294967295u;
	printf("%d %d %d %u %d\n", x / 2, -x / 2, x / -2, u / 2, 100 / 7 / 2);
	exit(0);
}
