/* A stack is recorded. */
BEGIN
{
	commit(1);
	ustack();
}
