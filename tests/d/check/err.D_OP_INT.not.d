/* So is ~. */
BEGIN
{
	trace(~execname);
}
