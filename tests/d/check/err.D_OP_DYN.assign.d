/* An aggregation is no value. */
BEGIN
{
	@a = count();
	x = @a;
}
