/* Nor with a comma. */
BEGIN
{
	trace(1), trace(2);
}
