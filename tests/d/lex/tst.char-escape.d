/* The escapes of C in character constants. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", '\a');
	printf("%d\n", '\b');
	printf("%d\n", '\t');
	printf("%d\n", '\n');
	printf("%d\n", '\v');
	printf("%d\n", '\f');
	printf("%d\n", '\r');
	printf("%d\n", '\\');
	printf("%d\n", '\'');
	printf("%d\n", '\"');
	printf("%d\n", '\?');
	exit(0);
}
