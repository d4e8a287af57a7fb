/* A command that does nothing. */
BEGIN
{
	system("");
}
