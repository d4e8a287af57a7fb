/* The parameters of an aggregation stay the same. */
BEGIN
{
	@a = lquantize(1, 0, 100);
	@a = lquantize(1, 1, 100);
}
