/* So is >>. */
BEGIN
{
	trace("2" >> 1);
}
