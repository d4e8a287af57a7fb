/* lquantize() has limits. */
BEGIN
{
	@a = lquantize(1, 2);
}
