/* Only the first argument of strtok() may be NULL. */
BEGIN
{
	trace(strtok("a b", NULL));
}
