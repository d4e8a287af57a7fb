/* min() of one value, though it is above 0 */
#pragma D option quiet

BEGIN
{
	@ = min(7);
	exit(0);
}

END
{
	printa("%@d\n", @);
}
