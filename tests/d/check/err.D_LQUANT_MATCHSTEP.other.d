/* And the step, which is 1 if it is not written. */
BEGIN
{
	@a = lquantize(1, 0, 100);
	@a = lquantize(1, 0, 100, 2);
}
