/* What looks like a comment in a string is none. */
#pragma D option quiet

BEGIN
{
	printf("/* %s */ // x\n", "//");
	exit(0);
}
