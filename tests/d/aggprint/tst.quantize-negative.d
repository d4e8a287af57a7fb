/* quantize of negative values */
#pragma D option quiet

BEGIN
{
	@ = quantize(-1);
	@ = quantize(-5);
	@ = quantize(1);
	@ = quantize(1);
	exit(0);
}
