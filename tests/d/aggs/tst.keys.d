/* Each key has its value */
#pragma D option quiet

BEGIN
{
	@["a"] = sum(1); @["b"] = sum(2); @["a"] = sum(10);
	exit(0);
}

END
{
	printa("%s %@d\n", @);
}
