/* llquantize() counts in equal steps within powers */
#pragma D option quiet

BEGIN
{
	@ = llquantize(1, 10, 0, 2, 10); @ = llquantize(15, 10, 0, 2, 10); @ = llquantize(19, 10, 0, 2, 10);
	exit(0);
}

END
{
	printa(@);
}
