/* Nor counted up. */
BEGIN
{
	timestamp++;
}
