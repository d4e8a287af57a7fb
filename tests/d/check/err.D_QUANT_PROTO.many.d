/* A value and an increment, no more. */
BEGIN
{
	@a = quantize(1, 2, 3);
}
