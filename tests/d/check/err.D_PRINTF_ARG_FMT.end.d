/* A % that begins nothing. */
BEGIN
{
	printf("100%");
}
