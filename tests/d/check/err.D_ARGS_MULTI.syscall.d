/* The system calls do not agree on their arguments. */
syscall:::entry
{
	trace(args[0]);
}
