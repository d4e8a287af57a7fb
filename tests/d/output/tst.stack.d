/* a stack without frames, as there is no code where BEGIN fires */
BEGIN
{
	stack();
	exit(0);
}
