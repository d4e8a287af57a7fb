/* index: where a string stands in another, from 0; -1 if nowhere */
#pragma D option quiet

BEGIN
{
	printf("%d\n", index("abcabc", "b"));
	printf("%d\n", index("abcabc", "b", 2));
	printf("%d\n", index("abcabc", "ca"));
	printf("%d\n", index("abcabc", "x"));
	printf("%d\n", index("abc", ""));
	printf("%d\n", index("abc", "", 2));
	printf("%d\n", index("abc", "a", -5));
	printf("%d\n", index("abc", "a", 1));
	printf("%d\n", index("abc", "abcd"));
	exit(0);
}
