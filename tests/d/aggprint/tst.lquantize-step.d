/* lquantize without a step has 1 */
#pragma D option quiet

BEGIN
{
	@ = lquantize(1, 0, 3);
	exit(0);
}
