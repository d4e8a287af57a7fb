/* An aggregation that is not there. */
BEGIN
{
	normalize(@nosuch, 10);
}
