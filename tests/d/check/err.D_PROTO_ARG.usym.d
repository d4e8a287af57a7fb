/* usym() wants an address. */
BEGIN
{
	usym(execname);
}
