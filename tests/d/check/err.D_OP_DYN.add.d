/* It cannot be calculated with. */
BEGIN
{
	@a = count();
	trace(1 + @a);
}
