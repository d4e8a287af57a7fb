/* More levels than 16 bits have. */
BEGIN
{
	@a = lquantize(1, 0, 100000);
}
