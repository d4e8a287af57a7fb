/* printa of several aggregations: rows by key, those that lack it are 0 */
#pragma D option quiet

BEGIN
{
	@a["x"] = sum(5);
	@a["y"] = sum(6);
	@b["y"] = sum(60);
	@b["z"] = sum(70);
	printa("%s %@d %@d\n", @a, @b);
	exit(0);
}
