/* Several aggregations need a format. */
BEGIN
{
	@a = count();
	@b = count();
	printa(@a, @b);
}
