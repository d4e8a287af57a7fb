/* lquantize() without a step goes by 1; with five arguments the last is the weight */
#pragma D option quiet

BEGIN
{
	@a = lquantize(2, 0, 3); @b = lquantize(5, 0, 10, 5, 4); @b = lquantize(1, 0, 10, 5);
	exit(0);
}

END
{
	printa(@a);
	printa(@b);
}
