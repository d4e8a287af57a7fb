/* lquantize: a bucket on each side */
#pragma D option quiet

BEGIN
{
	@ = lquantize(5, 0, 100, 1);
	exit(0);
}
