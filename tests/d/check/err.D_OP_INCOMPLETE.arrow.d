/* A struct that nobody defined. */
BEGIN
{
	trace(curthread->pid);
}
