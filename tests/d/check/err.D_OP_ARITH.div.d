/* So is /. */
BEGIN
{
	trace(execname / 2);
}
