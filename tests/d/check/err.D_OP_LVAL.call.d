/* Nor is a call. */
BEGIN
{
	strlen("a") = 2;
}
