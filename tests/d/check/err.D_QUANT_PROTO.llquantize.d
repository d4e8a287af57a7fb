/* llquantize() has four constants. */
BEGIN
{
	@a = llquantize(1, 10, 0, 6);
}
