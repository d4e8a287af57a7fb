/* That of an aggregation, too. */
BEGIN
{
	@a[1, "x"] = count();
	@a[1] = count();
}
