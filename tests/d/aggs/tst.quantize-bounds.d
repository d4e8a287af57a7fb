/* A power of two is the first of its line, what is one less the last of the one before */
#pragma D option quiet

BEGIN
{
	@ = quantize(1023); @ = quantize(1024); @ = quantize(2047); @ = quantize(2048);
	exit(0);
}

END
{
	printa(@);
}
