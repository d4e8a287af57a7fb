/* what is added after printa stays unprinted at the end */
#pragma D option quiet

BEGIN
{
	@["a"] = count();
	printa("%@d\n", @);
	@["b"] = count();
	exit(0);
}
