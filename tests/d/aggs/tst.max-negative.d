/* max() of negative values */
#pragma D option quiet

BEGIN
{
	@ = max(-5); @ = max(-8);
	exit(0);
}

END
{
	printa("%@d\n", @);
}
