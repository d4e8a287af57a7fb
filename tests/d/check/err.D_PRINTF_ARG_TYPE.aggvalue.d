/* The value of an aggregation is a number. */
BEGIN
{
	@a = count();
	printa("%@s\n", @a);
}
