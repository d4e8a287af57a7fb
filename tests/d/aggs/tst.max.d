/* max() is the largest, by sign */
#pragma D option quiet

BEGIN
{
	@ = max(5); @ = max(-8); @ = max(1);
	exit(0);
}

END
{
	printa("%@d\n", @);
}
