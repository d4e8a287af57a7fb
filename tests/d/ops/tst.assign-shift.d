/* <<= and >>=. */
#pragma D option quiet

BEGIN
{
	x = 3;
	x <<= 4;
	printf("%d ", x);
	x >>= 2;
	printf("%d ", x);
	x = -8;
	x >>= 1;
	printf("%d\n", x);
	exit(0);
}
