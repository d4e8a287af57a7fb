/* Nor is a string. */
BEGIN
{
	trace(*execname);
}
