/* No tuple is a tuple. */
BEGIN
{
	@a[1] = count();
	@a = count();
}
