/* The same with %x. */
BEGIN
{
	printf("%x\n", execname);
}
