/* Nor can any of them be counted up. */
BEGIN
{
	2++;
}
