/* A factor is a number. */
BEGIN
{
	@a = sum(1);
	normalize(@a, "10");
}
