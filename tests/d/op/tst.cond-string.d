/* ?: with strings. */
#pragma D option quiet

BEGIN
{
	x = 1;
	printf("%s %s\n", x ? "yes" : "no", x == 2 ? "yes" : "no");
	s = x ? "a" : "bcd";
	printf("%s %s\n", s, !x ? s : "other");
	exit(0);
}
