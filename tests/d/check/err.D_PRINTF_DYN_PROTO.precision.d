/* A precision that is not there. */
BEGIN
{
	printf("%*.*s\n", 10);
}
