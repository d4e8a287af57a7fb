/* Nor does a sum. */
BEGIN
{
	trace(&(pid + 1));
}
