/* lquantize: below, between and above */
#pragma D option quiet

BEGIN
{
	@ = lquantize(-1, 0, 10, 2);
	@ = lquantize(3, 0, 10, 2);
	@ = lquantize(3, 0, 10, 2);
	@ = lquantize(99, 0, 10, 2);
	exit(0);
}
