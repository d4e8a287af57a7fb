/* Not a single level. */
BEGIN
{
	@a = lquantize(1, 0, 100, 101);
}
