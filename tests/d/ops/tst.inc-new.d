/* ++ makes a 64-bit variable of a name that is new. */
#pragma D option quiet

BEGIN
{
	n++;
	n++;
	m -= 3;
	printf("%d %d %d\n", n, m, sizeof (n));
	exit(0);
}
