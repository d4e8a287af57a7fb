/* And as many. */
BEGIN
{
	@a[pid] = count();
	@b[pid, pid] = count();
	printa("%d %@d %@d\n", @a, @b);
}
