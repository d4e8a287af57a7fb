/* min() is the smallest, by sign */
#pragma D option quiet

BEGIN
{
	@ = min(5); @ = min(-8); @ = min(1);
	exit(0);
}

END
{
	printa("%@d\n", @);
}
