/* Only %k is. */
BEGIN
{
	printf("%s\n", ustack());
}
