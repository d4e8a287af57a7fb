/* lquantize: the last bucket has nothing behind it */
#pragma D option quiet

BEGIN
{
	@ = lquantize(7, 0, 3);
	exit(0);
}
