/* All functions that give one number, side by side */
#pragma D option quiet

BEGIN
{
	@c[1] = count(); @s[1] = sum(4); @m[1] = min(4); @x[1] = max(4); @a[1] = avg(4); @d[1] = stddev(4); @c[1] = count(); @s[1] = sum(8); @m[1] = min(8); @x[1] = max(8); @a[1] = avg(8); @d[1] = stddev(8);
	exit(0);
}

END
{
	printa("%d: %@d %@d %@d %@d %@d %@d\n", @c, @s, @m, @x, @a, @d);
}
