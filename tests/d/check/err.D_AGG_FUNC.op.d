/* There is no += of aggregations. */
BEGIN
{
	@a += 1;
}
