/* An aggregation that is not there. */
BEGIN
{
	printa(@nosuch);
}
