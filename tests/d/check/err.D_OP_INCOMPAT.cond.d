/* Both sides of : are of one type. */
BEGIN
{
	trace(pid ? "yes" : 1);
}
