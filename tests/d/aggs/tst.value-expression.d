/* The value and the keys are expressions */
#pragma D option quiet

BEGIN
{
	i = 3; @[i * 2, strjoin("k", "ey")] = sum(i > 2 ? 10 : 20); @[i * 2, "key"] = sum(i++); @[i * 2, "key"] = sum(i);
	exit(0);
}

END
{
	printa("%d %s %@d\n", @);
}
