/* rows are sorted by value, then by key */
#pragma D option quiet

BEGIN
{
	@["c"] = sum(5);
	@["b"] = sum(1);
	@["a"] = sum(5);
	@["d"] = sum(-3);
	exit(0);
}
