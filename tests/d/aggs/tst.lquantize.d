/* lquantize() counts in equal steps */
#pragma D option quiet

BEGIN
{
	@ = lquantize(0, 0, 10, 2); @ = lquantize(1, 0, 10, 2); @ = lquantize(2, 0, 10, 2); @ = lquantize(9, 0, 10, 2);
	exit(0);
}

END
{
	printa(@);
}
