/* Nor the end. */
BEGIN
{
	speculate(1);
	exit(0);
}
