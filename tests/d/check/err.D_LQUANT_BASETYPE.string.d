/* Of type integer. */
BEGIN
{
	@a = lquantize(1, "0", 100);
}
