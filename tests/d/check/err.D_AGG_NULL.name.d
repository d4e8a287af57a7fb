/* A statement that does nothing. */
BEGIN
{
	@a = count();
	@a;
}
