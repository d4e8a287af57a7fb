/* sum() wraps at 64 bits */
#pragma D option quiet

BEGIN
{
	@ = sum(9223372036854775807); @ = sum(2);
	exit(0);
}

END
{
	printa("%@d\n", @);
}
