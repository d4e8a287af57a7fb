/* What is printed is an aggregation. */
BEGIN
{
	@a = count();
	printa("%@d\n", 1);
}
