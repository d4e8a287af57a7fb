/* The base is below the limit. */
BEGIN
{
	@a = lquantize(1, 100, 0);
}
