/* avg() cuts towards zero */
#pragma D option quiet

BEGIN
{
	@a = avg(1); @a = avg(2); @b = avg(-1); @b = avg(-2); @c = avg(10); @c = avg(20); @c = avg(33);
	exit(0);
}

END
{
	printa("%@d\n", @a);
	printa("%@d\n", @b);
	printa("%@d\n", @c);
}
