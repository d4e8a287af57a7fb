/* A key has its type. */
BEGIN
{
	@a[execname] = count();
	printa("%d %@d\n", @a);
}
