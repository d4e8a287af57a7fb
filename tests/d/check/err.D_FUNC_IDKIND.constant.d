/* A constant cannot be called. */
BEGIN
{
	trace(SIGKILL());
}
