/* Nor is nothing. */
BEGIN
{
	@a[bcopy(NULL, NULL, 0)] = count();
}
