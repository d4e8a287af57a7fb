/* || gives 0 or 1, and leaves its right side alone when the left one decides. */
#pragma D option quiet

BEGIN
{
	n = 0;
	printf("%d %d %d", 0 || 0, 0 || 5, n || -1);
	printf(" %d", 1 || n++);
	printf(" %d\n", n);
	exit(0);
}
