/* Comparisons are unsigned when the common type is. */
#pragma D option quiet

BEGIN
{
	m = -1;
	u = 1u;
	l = 1l;
	printf("%d %d %d %d\n", m < u, m < l, m > u, m <= 1ul);
	printf("%d %d %d %d\n", 1 < 1, 1 <= 1, 2 > 1, 2 >= 3);
	exit(0);
}
