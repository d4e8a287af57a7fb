/* The first is a constant. */
BEGIN
{
	ustack(pid);
}
