/* quantize() of nothing. */
BEGIN
{
	@a = quantize();
}
