/* ^^ too. */
BEGIN
{
	trace(execname ^^ execname);
}
