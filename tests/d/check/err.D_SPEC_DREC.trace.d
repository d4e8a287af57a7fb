/* speculate() comes before what it is about. */
BEGIN
{
	trace(1);
	speculate(1);
}
