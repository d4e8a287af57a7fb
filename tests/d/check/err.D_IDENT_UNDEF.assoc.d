/* An element of an array that nobody assigned. */
BEGIN
{
	trace(a[1]);
}
