/* A key may be an element */
#pragma D option quiet

BEGIN
{
	a[1] = 2; a[2] = 3; a[3] = 99;
	printf("%d\n", a[a[a[1]]]);
	a[a[1]] = 7;
	printf("%d\n", a[2]);
	exit(0);
}
