/* There are as many as the factor at least. */
BEGIN
{
	@a = llquantize(1, 10, 0, 6, 5);
}
