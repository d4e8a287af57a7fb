/* The same with an index. */
BEGIN
{
	trace(curthread[1]);
}
