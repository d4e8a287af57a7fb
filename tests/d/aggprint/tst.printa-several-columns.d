/* printa of several without format */
#pragma D option quiet

BEGIN
{
	@a["x"] = sum(5);
	@b["x"] = sum(50);
	printa(@a, @b);
	exit(0);
}
