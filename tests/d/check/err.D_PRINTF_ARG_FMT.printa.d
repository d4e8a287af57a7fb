/* The same for printa(). */
BEGIN
{
	@a = count();
	printa(execname, @a);
}
