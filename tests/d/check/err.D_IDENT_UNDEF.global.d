/* A global variable is read before anything assigned it. */
BEGIN
{
	trace(nobody);
}
