/* quantize() of 0 has a line of its own */
#pragma D option quiet

BEGIN
{
	@ = quantize(0); @ = quantize(0); @ = quantize(1);
	exit(0);
}

END
{
	printa(@);
}
