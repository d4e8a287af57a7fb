/* %C: escapes for what is not printable */
#pragma D option quiet

BEGIN
{
	printf("%C %C %C %C %C\n", 'a', '\n', '\t', 1, '"');
	exit(0);
}
