/* What is recorded belongs to the clause, not to the speculation. */
BEGIN
{
	trace(1);
	commit(1);
}
