/* sorting: aggsortkey */
#pragma D option quiet

#pragma D option aggsortkey
BEGIN
{
	@["a"] = sum(3);
	@["b"] = sum(1);
	@["c"] = sum(2);
	exit(0);
}
