/* += and -=. */
#pragma D option quiet

BEGIN
{
	x = 5;
	x += 3;
	printf("%d ", x);
	x -= 10;
	printf("%d\n", x);
	exit(0);
}
