/* lquantize: the first bucket has nothing before it */
#pragma D option quiet

BEGIN
{
	@ = lquantize(-7, 0, 3);
	exit(0);
}
