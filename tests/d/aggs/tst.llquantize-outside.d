/* llquantize() of values below and above its powers */
#pragma D option quiet

BEGIN
{
	@ = llquantize(0, 2, 2, 3, 2); @ = llquantize(16, 2, 2, 3, 2); @ = llquantize(9, 2, 2, 3, 2);
	exit(0);
}

END
{
	printa(@);
}
