/* Comparisons give ints. */
#pragma D option quiet

long l;

BEGIN
{
	l = 1;
	printf("%d\n", sizeof (l == l));
	printf("%d\n", (l == l) + (l != 2));
	printf("%d\n", -(l == l));
	printf("%d\n", (l < 2) << 3);
	exit(0);
}
