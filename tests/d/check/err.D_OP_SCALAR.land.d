/* && wants scalars. */
BEGIN
{
	trace(execname && 1);
}
