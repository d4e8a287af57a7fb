/* sum() adds, negative values too */
#pragma D option quiet

BEGIN
{
	@ = sum(5); @ = sum(-8); @ = sum(1);
	exit(0);
}

END
{
	printa("%@d\n", @);
}
