/* Constants of the library are no variables. */
BEGIN
{
	EINTR = 1;
}
