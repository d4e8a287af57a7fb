/* No such conversion. */
BEGIN
{
	printf("%q\n", 1);
}
