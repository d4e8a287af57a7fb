/* By what? */
BEGIN
{
	@a = sum(1);
	normalize(@a);
}
