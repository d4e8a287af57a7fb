/* precisions of strings: at most so many bytes */
#pragma D option quiet

BEGIN
{
	printf("<%.3s> <%6.3s> <%-6.3s> <%.0s> <%.9s>\n", "abcdef", "abcdef", "abcdef", "abcdef", "abc");
	exit(0);
}
