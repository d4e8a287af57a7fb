/* printa twice */
#pragma D option quiet

BEGIN
{
	@["a"] = count();
	printa("%s %@d\n", @);
	printa("%s %@d\n", @);
	exit(0);
}
