/* A constant lies nowhere. */
BEGIN
{
	trace(&1);
}
