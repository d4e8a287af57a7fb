/* Nor what is written. */
BEGIN
{
	speculate(1);
	copyout(NULL, arg0, 8);
}
