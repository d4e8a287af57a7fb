/* *=, /= and %=. */
#pragma D option quiet

BEGIN
{
	x = 5;
	x *= 7;
	printf("%d ", x);
	x /= 3;
	printf("%d ", x);
	x %= 4;
	printf("%d\n", x);
	exit(0);
}
