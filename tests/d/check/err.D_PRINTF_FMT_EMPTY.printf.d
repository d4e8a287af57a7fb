/* A format that prints nothing. */
BEGIN
{
	printf("");
}
