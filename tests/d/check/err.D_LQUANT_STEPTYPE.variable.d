/* The step is a constant. */
BEGIN
{
	@a = lquantize(1, 0, 100, pid);
}
