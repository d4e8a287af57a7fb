/* A constant. */
BEGIN
{
	stack(pid);
}
