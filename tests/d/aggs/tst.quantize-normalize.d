/* normalize() divides the counts of a distribution */
#pragma D option quiet

BEGIN
{
	@ = quantize(4, 10); @ = quantize(8, 30);
	normalize(@, 10);
	exit(0);
}

END
{
	printa(@);
}
