/* The second argument of quantize() is the weight */
#pragma D option quiet

BEGIN
{
	@ = quantize(8, 3); @ = quantize(16);
	exit(0);
}

END
{
	printa(@);
}
