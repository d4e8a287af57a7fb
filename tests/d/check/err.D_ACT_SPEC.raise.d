/* What is done cannot be taken back. */
BEGIN
{
	speculate(1);
	raise(9);
}
