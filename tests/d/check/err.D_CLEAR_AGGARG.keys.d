/* The whole aggregation is cleared, not one key. */
BEGIN
{
	@a[1] = count();
	clear(@a[1]);
}
