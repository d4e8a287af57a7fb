/* printa in END */
#pragma D option quiet

BEGIN
{
	@["a"] = count();
	exit(0);
}
END { printa("%s %@d\n", @); }
