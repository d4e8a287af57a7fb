/* Keys of negative numbers sort by sign */
#pragma D option quiet

BEGIN
{
	@[1] = sum(7); @[-1] = sum(7); @[0] = sum(7); @[-10] = sum(7);
	exit(0);
}

END
{
	printa("%d %@d\n", @);
}
