/* No such size. */
BEGIN
{
	printf("%hs\n", "x");
}
