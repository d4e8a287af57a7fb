/* a user stack without frames */
BEGIN
{
	ustack();
	exit(0);
}
