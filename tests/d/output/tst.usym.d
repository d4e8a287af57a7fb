/* usym of an address without a name */
BEGIN
{
	usym(0x10);
	exit(0);
}
