/* A width is a number. */
BEGIN
{
	printf("%*d\n", "10", 1);
}
