/* Nor in a cast. */
BEGIN
{
	trace((long void *)0);
}
