/* Nor a bucket. */
BEGIN
{
	@a = quantize("1");
}
