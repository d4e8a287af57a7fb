/* the flags + and blank */
#pragma D option quiet

BEGIN
{
	printf("<%+d> <%+d> <% d> <% d>\n", 42, -42, 42, -42);
	exit(0);
}
