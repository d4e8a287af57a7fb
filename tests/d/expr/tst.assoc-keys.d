/* Keys of several types, told apart by each part */
#pragma D option quiet

BEGIN
{
	a[1, "x"] = 1; a[1, "y"] = 2; a[2, "x"] = 3; a[-1, ""] = 4;
	printf("%d\n", a[1, "x"]);
	printf("%d\n", a[1, "y"]);
	printf("%d\n", a[2, "x"]);
	printf("%d\n", a[-1, ""]);
	printf("%d\n", a[3, "x"]);
	exit(0);
}
