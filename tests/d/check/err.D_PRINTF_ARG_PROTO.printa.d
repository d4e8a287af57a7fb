/* An aggregation with too few keys. */
BEGIN
{
	@a[pid] = count();
	printa("%d %s %@d\n", @a);
}
