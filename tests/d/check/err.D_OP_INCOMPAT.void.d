/* A function without a result. */
BEGIN
{
	x = bcopy(NULL, NULL, 0);
}
