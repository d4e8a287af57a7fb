/* The number of steps is a constant. */
BEGIN
{
	@a = llquantize(1, 10, 0, 6, pid);
}
