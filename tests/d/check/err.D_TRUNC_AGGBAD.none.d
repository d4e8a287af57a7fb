/* An aggregation that is not there. */
BEGIN
{
	trunc(@nosuch, 5);
}
