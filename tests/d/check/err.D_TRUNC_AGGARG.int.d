/* Not an aggregation. */
BEGIN
{
	trunc(1);
}
