/* The parameters of an aggregation stay the same. */
BEGIN
{
	@a = llquantize(1, 10, 0, 6, 10);
	@a = llquantize(1, 2, 0, 6, 8);
}
