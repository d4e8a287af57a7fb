/* sorting: aggsortkey aggsortrev */
#pragma D option quiet

#pragma D option aggsortkey
#pragma D option aggsortrev
BEGIN
{
	@["a"] = sum(3);
	@["b"] = sum(1);
	@["c"] = sum(2);
	exit(0);
}
