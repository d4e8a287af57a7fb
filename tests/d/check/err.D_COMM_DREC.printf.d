/* printf() records as well. */
BEGIN
{
	printf("x");
	commit(1);
}
