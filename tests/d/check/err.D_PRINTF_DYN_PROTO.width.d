/* A width that is not there. */
BEGIN
{
	printf("%*d\n");
}
