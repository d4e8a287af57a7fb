/* No action either. */
BEGIN
{
	@a = trace(1);
}
