/* Not an aggregation. */
BEGIN
{
	normalize(1, 10);
}
