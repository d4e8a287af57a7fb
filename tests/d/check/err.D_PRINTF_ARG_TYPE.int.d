/* A string where an integer is wanted. */
BEGIN
{
	printf("%d %d\n", 1, execname);
}
