/* Keys of several types are told apart by each part */
#pragma D option quiet

BEGIN
{
	@[1, "x"] = count(); @[1, "y"] = count(); @[2, "x"] = count(); @[1, "x"] = count();
	exit(0);
}

END
{
	printa("%d %s %@d\n", @);
}
