/* A narrow value keeps its sign */
#pragma D option quiet

BEGIN
{
	c = (int8_t)-5; u = (uint8_t)200; @a = sum(c); @b = sum(u); @a = sum(c);
	exit(0);
}

END
{
	printa("%@d\n", @a);
	printa("%@d\n", @b);
}
