/* . wants a struct. */
BEGIN
{
	trace(pid.a);
}
