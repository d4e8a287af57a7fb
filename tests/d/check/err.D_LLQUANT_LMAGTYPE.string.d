/* The low magnitude is an integer. */
BEGIN
{
	@a = llquantize(1, 10, "0", 6, 20);
}
