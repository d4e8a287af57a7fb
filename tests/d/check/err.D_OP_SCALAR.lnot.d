/* ! too. */
BEGIN
{
	trace(!execname);
}
