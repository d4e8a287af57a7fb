/* An integer where a string is wanted. */
BEGIN
{
	printf("%s\n", pid);
}
