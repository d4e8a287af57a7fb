/* <= of strings compares their bytes. */
#pragma D option quiet

string s;
dtrace:::BEGIN { s = "hello"; }
BEGIN
{
	printf("%d\n", "abc" <= "abc");
	printf("%d\n", "abc" <= "abd");
	printf("%d\n", "abd" <= "abc");
	printf("%d\n", "ab" <= "abc");
	printf("%d\n", "abc" <= "ab");
	printf("%d\n", "" <= "a");
	printf("%d\n", "" <= "");
	printf("%d\n", s <= "hello");
	printf("%d\n", s <= "hellp");
	printf("%d\n", s <= "hell");
	exit(0);
}
