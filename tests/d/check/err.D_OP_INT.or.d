/* So is |. */
BEGIN
{
	trace(1 | execname);
}
