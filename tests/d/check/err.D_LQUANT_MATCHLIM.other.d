/* The limit, too. */
BEGIN
{
	@a = lquantize(1, 0, 100);
	@a = lquantize(1, 0, 101);
}
