/* trace of a string: 33 columns */
BEGIN
{
	trace("hello");
	exit(0);
}
