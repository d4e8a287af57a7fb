/* Brackets: several keys, of arrays and aggregations. */
#pragma D option quiet

BEGIN
{
	a[1, "x"] = 3;
	a[1, "y"] = a[1, "x"] + a[2, "x"] + 1;
	b[a[1, "y"]] = 7;
	printf("%d %d\n", a[1, "y"], b[4]);
	exit(0);
}
