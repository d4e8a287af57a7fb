/* Character constants and their escapes are integers. */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d %d %d\n", 'a', '\n', '\t', '\\', '\'');
	printf("%d %d %d %d\n", '\0', '\101', '\x41', '"');
	printf("%d %d %d %d %d %d\n", '\a', '\b', '\f', '\r', '\v', '\?');
	exit(0);
}
