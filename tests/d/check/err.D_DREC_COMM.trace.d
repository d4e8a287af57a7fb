/* The other way round. */
BEGIN
{
	commit(1);
	trace(1);
}
