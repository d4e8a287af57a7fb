/* precisions of integers: at least so many digits */
#pragma D option quiet

BEGIN
{
	printf("<%.5d> <%8.5d> <%-8.5d> <%.3x>\n", 42, 42, 42, 10);
	exit(0);
}
