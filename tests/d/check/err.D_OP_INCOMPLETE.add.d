/* How far is the next one? */
BEGIN
{
	trace(curthread + 1);
}
