/* It may be any expression, worked out where it stands. */
#pragma D option quiet

int count_so_far;
inline int next = count_so_far + 1;
BEGIN
{
	printf("%d ", next);
	count_so_far = 5;
	printf("%d\n", next);
	exit(0);
}
