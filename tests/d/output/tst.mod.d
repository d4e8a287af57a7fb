/* mod of an address without a name */
BEGIN
{
	mod(0x10);
	exit(0);
}
