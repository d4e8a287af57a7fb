/* aggzoom: the largest bar has the whole width */
#pragma D option quiet

#pragma D option aggzoom
BEGIN
{
	@ = quantize(1, 3);
	@ = quantize(2, 1);
	exit(0);
}
