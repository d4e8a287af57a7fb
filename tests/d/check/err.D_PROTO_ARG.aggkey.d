/* The same of an aggregation. */
BEGIN
{
	@a[1, execname] = count();
	@a[1, pid] = count();
}
