/* An integer is no pointer. */
BEGIN
{
	trace(*arg0);
}
