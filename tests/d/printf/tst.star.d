/* width and precision from arguments */
#pragma D option quiet

BEGIN
{
	printf("<%*d> <%-*d> <%.*d> <%*.*d>\n", 5, 42, 5, 42, 4, 42, 6, 3, 42);
	printf("<%*s>\n", -5, "ab");
	exit(0);
}
