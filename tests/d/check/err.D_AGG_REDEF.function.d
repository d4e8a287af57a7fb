/* One function for each aggregation. */
BEGIN
{
	@a = count();
	@a = sum(1);
}
