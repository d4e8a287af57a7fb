/* umod of an address without a name */
BEGIN
{
	umod(0x10);
	exit(0);
}
