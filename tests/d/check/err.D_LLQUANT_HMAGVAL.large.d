/* 10^20 needs more than 64 bits. */
BEGIN
{
	@a = llquantize(1, 10, 0, 20, 20);
}
