/* Keys of the same types, or they cannot stand in one line. */
BEGIN
{
	@a[pid] = count();
	@b[execname] = count();
	printa("%d %@d %@d\n", @a, @b);
}
