/* A constant is no variable. */
BEGIN
{
	1 = 2;
}
