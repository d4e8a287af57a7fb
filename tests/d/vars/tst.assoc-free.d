/* An element of 0 is freed; it reads as 0. */
#pragma D option quiet

BEGIN
{
	a["k"] = 1;
	a["k"] = 0;
	printf("%d\n", a["k"]);
	exit(0);
}
