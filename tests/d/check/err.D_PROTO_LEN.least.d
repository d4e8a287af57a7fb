/* An optional argument may be left out, the others not. */
BEGIN
{
	trace(substr("abc"));
}
