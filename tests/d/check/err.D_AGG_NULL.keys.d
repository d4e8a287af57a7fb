/* With keys. */
BEGIN
{
	@a[pid];
}
