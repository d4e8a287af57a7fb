/* Nothing cannot be traced. */
BEGIN
{
	trace(bcopy(NULL, NULL, 0));
}
