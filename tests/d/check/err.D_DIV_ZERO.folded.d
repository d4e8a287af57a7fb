/* Constants are worked out first. */
BEGIN
{
	trace(pid / (2 - 2));
}
