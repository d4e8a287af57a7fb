/* An associative array, made by its first assignment. */
#pragma D option quiet

BEGIN
{
	a[1] = 10;
	a[2] = 20;
	a[1]++;
	a[3] += 5;
	printf("%d %d %d %d\n", a[1], a[2], a[3], a[4]);
	exit(0);
}
