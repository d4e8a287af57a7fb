/* rindex: the last place */
#pragma D option quiet

BEGIN
{
	printf("%d\n", rindex("abcabc", "b"));
	printf("%d\n", rindex("abcabc", "b", 3));
	printf("%d\n", rindex("abcabc", "bc", 4));
	printf("%d\n", rindex("abcabc", "x"));
	printf("%d\n", rindex("abc", ""));
	printf("%d\n", rindex("abc", "c", 1));
	exit(0);
}
