/* A number is no string: lltostr() makes one of it. */
BEGIN
{
	trace((string)pid);
}
