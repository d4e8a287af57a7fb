/* * is for arithmetic types. */
BEGIN
{
	trace("a" * 2);
}
