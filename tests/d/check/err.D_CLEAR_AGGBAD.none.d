/* An aggregation that is not there. */
BEGIN
{
	clear(@nosuch);
}
