/* Of type string. */
BEGIN
{
	printf(1);
}
