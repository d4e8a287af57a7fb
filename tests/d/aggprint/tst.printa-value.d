/* printa of the value alone */
#pragma D option quiet

BEGIN
{
	@["a"] = sum(5);
	@["b"] = sum(6);
	printa("%@d\n", @);
	exit(0);
}
