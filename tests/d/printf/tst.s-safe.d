/* %s: control characters of a string are made safe */
#pragma D option quiet

BEGIN
{
	printf("%s\n", "a\033[2Jb\tc\nd");
	exit(0);
}
