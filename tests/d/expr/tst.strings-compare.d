/* All six comparisons of strings, by unsigned bytes */
#pragma D option quiet

BEGIN
{
	a = "abc"; b = "abd"; e = "";
	printf("%d\n", a == "abc");
	printf("%d\n", a == b);
	printf("%d\n", a != b);
	printf("%d\n", a < b);
	printf("%d\n", a > b);
	printf("%d\n", a <= a);
	printf("%d\n", b >= a);
	printf("%d\n", e < a);
	printf("%d\n", "ab" < "abc");
	printf("%d\n", "\xff" > "a");
	printf("%d\n", "Z" < "a");
	exit(0);
}
