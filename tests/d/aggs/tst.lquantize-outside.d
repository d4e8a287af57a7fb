/* lquantize() of values below the base and at the limit */
#pragma D option quiet

BEGIN
{
	@ = lquantize(-1, 0, 4, 2); @ = lquantize(4, 0, 4, 2); @ = lquantize(100, 0, 4, 2);
	exit(0);
}

END
{
	printa(@);
}
