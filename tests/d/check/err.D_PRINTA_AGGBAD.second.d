/* The second of two. */
BEGIN
{
	@a = count();
	printa("%@d %@d\n", @a, @b);
}
