/* A time is a number. */
BEGIN
{
	printf("%Y\n", "now");
}
