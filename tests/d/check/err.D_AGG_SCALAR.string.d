/* A string has no sum. */
BEGIN
{
	@a = sum(execname);
}
