/* An aggregation under a condition */
#pragma D option quiet

BEGIN
{
	n = 0; if (n) { @["no"] = count(); } else { @["yes"] = count(); } if (!n) @["yes"] = count();
	exit(0);
}

END
{
	printa("%s %@d\n", @);
}
