/* So is ^. */
BEGIN
{
	trace(curthread ^ 1);
}
