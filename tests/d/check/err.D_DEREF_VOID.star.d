/* What is there to read? */
BEGIN
{
	trace(*copyin(arg0, 4));
}
