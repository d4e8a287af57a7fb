/* Nor subtracted. */
BEGIN
{
	trace(execname - 1);
}
