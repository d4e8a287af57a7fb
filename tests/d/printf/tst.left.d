/* the flag - */
#pragma D option quiet

BEGIN
{
	printf("<%-5d> <%-8s> <%-4c>\n", 42, "ab", 'x');
	exit(0);
}
