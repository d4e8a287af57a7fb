/* The other way round. */
BEGIN
{
	x = "one";
	x = 1;
}
