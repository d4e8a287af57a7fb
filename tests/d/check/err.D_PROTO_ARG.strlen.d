/* An integer is no string. */
BEGIN
{
	trace(strlen(12));
}
