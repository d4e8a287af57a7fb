/* Not quiet: printa stands in its record's line. */
BEGIN
{
	@["a"] = count();
	printa("%s %@d", @);
	exit(0);
}
