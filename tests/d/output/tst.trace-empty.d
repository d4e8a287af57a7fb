/* trace of an empty string */
BEGIN
{
	trace("");
	exit(0);
}
