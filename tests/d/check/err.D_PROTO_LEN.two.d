/* A function with one argument too many. */
BEGIN
{
	trace(strlen("a", "b"));
}
