/* several aggregations, in the order of the program */
#pragma D option quiet

BEGIN
{
	@b["x"] = count();
	@a["y"] = count();
	exit(0);
}
