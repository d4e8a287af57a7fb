/* fds is an array: without an index it is nothing. */
BEGIN
{
	trace(fds);
}
