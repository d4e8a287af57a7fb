/* Nor is nothing. */
BEGIN
{
	trace(stringof(bcopy(NULL, NULL, 0)));
}
