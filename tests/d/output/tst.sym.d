/* sym of an address without a name */
BEGIN
{
	sym(0x10);
	exit(0);
}
