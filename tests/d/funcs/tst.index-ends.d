/* index and rindex with positions at and beyond the ends, as Perl has them */
#pragma D option quiet

BEGIN
{
	printf("%d\n", index("abc", "", 3));
	printf("%d\n", index("abc", "", 9));
	printf("%d\n", index("", ""));
	printf("%d\n", index("", "a"));
	printf("%d\n", rindex("abc", "", -1));
	printf("%d\n", rindex("abc", "a", -1));
	printf("%d\n", rindex("abc", "", 9));
	printf("%d\n", rindex("", ""));
	exit(0);
}
