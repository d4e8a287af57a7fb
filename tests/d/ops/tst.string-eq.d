/* == and != of strings. */
#pragma D option quiet

BEGIN
{
	s = "abc";
	printf("%d %d %d %d\n", s == "abc", s == "abd", s != "ab", s == "");
	exit(0);
}
