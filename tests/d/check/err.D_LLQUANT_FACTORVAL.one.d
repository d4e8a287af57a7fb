/* 1 has only one power. */
BEGIN
{
	@a = llquantize(1, 1, 0, 6, 20);
}
