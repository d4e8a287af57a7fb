/* A function without its argument. */
BEGIN
{
	trace(strlen());
}
