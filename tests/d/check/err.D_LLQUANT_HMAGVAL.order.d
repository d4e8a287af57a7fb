/* It is above the low one. */
BEGIN
{
	@a = llquantize(1, 10, 6, 0, 20);
}
