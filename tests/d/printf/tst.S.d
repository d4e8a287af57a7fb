/* %S: escapes as in C */
#pragma D option quiet

BEGIN
{
	printf("%S|%S|%8S|%-8S|\n", "a\n\t\\", "q\"r\001", "\n", "\n");
	exit(0);
}
