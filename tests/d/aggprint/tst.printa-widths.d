/* widths in printa */
#pragma D option quiet

BEGIN
{
	@["a", 1] = sum(255);
	printa("<%-5s> <%5d> <%@8d> <%@x>\n", @);
	exit(0);
}
