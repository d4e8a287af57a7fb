/* The same with %. */
BEGIN
{
	trace(pid % 0);
}
