/* Nor changed. */
BEGIN
{
	arg0 |= 1;
}
