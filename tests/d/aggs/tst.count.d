/* count() counts */
#pragma D option quiet

BEGIN
{
	@ = count(); @ = count(); @ = count();
	exit(0);
}

END
{
	printa("%@d\n", @);
}
