/* printf with a line end of its own leaves an empty line, as in DTrace. */
BEGIN
{
	printf("hello\n");
	exit(0);
}
