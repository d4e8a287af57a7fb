/* A string is no number: strtoll() makes one of it. */
BEGIN
{
	trace((int)execname);
}
