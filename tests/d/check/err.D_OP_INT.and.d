/* So is &. */
BEGIN
{
	trace(execname & 1);
}
