/* A string is no address. */
BEGIN
{
	printf("%p\n", execname);
}
