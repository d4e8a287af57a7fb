/* The same with %c. */
BEGIN
{
	printf("%c\n", "c");
}
