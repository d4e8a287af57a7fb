/* printa() has no values for them. */
BEGIN
{
	@a = count();
	printa("%*@d\n", @a);
}
