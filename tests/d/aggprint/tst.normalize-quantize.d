/* normalize of a distribution */
#pragma D option quiet

BEGIN
{
	@ = quantize(1, 10);
	normalize(@, 5);
	exit(0);
}
