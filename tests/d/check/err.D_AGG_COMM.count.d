/* Aggregations are not for commit(). */
BEGIN
{
	commit(1);
	@a = count();
}
