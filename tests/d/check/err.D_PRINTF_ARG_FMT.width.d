/* A column for a poster. */
BEGIN
{
	printf("%99999d\n", 1);
}
