/* && gives 0 or 1, and leaves its right side alone when the left one decides. */
#pragma D option quiet

BEGIN
{
	n = 0;
	printf("%d %d %d", 2 && 3, 0 && 5, 7 && n);
	printf(" %d", n && n++);
	printf(" %d\n", n);
	exit(0);
}
