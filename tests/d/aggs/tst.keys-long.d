/* Keys that begin alike are not the same */
#pragma D option quiet

BEGIN
{
	@["abcdefgh"] = count(); @["abcdefghi"] = count(); @["abcdefg"] = count(); @["abcdefgh"] = count();
	exit(0);
}

END
{
	printa("%s %@d\n", @);
}
