/* By xlate, too. */
BEGIN
{
	trace(xlate <int> (pid));
}
