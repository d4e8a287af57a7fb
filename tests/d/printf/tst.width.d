/* widths */
#pragma D option quiet

BEGIN
{
	printf("<%5d> <%5s> <%5x> <%1d>\n", 42, "ab", 255, 12345);
	exit(0);
}
