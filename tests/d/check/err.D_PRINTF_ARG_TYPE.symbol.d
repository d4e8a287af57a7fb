/* Nor a symbol. */
BEGIN
{
	printf("%a\n", execname);
}
