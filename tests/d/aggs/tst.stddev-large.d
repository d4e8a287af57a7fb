/* stddev() of values whose squares need more than 64 bits */
#pragma D option quiet

BEGIN
{
	@ = stddev(1000000000000000); @ = stddev(1002000000000000);
	exit(0);
}

END
{
	printa("%@d\n", @);
}
