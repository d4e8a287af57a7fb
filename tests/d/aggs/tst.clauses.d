/* Several clauses fill one aggregation */
#pragma D option quiet

BEGIN
{
	@["k"] = count();
	exit(0);
}

END
{
	printa("%s %@d\n", @);
}
