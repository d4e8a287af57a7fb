/* quantize: a bucket before the first and one behind the last */
#pragma D option quiet

BEGIN
{
	@ = quantize(3);
	@ = quantize(2);
	@ = quantize(100);
	@ = quantize(100);
	exit(0);
}
