/* A translated struct has members, and no value itself. */
BEGIN
{
	trace(curpsinfo);
}
