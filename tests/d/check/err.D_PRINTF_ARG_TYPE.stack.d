/* %k is for stacks. */
BEGIN
{
	printf("%k\n", pid);
}
