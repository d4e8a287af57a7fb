/* stddev() is the root of the mean square distance */
#pragma D option quiet

BEGIN
{
	@a = stddev(2); @a = stddev(4); @a = stddev(4); @a = stddev(4); @a = stddev(5); @a = stddev(5); @a = stddev(7); @a = stddev(9); @b = stddev(5); @b = stddev(5); @c = stddev(-10); @c = stddev(10);
	exit(0);
}

END
{
	printa("%@d\n", @a);
	printa("%@d\n", @b);
	printa("%@d\n", @c);
}
