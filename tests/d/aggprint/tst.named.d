/* an aggregation with a name */
#pragma D option quiet

BEGIN
{
	@a = count();
	exit(0);
}
