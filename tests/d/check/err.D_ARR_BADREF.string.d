/* A string is no array. */
BEGIN
{
	trace(execname[0]);
}
