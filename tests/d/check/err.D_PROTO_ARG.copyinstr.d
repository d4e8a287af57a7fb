/* An address is an integer here, a pointer has to be cast. */
BEGIN
{
	trace(copyinstr((char *)arg0));
}
