/* uaddr, usym, ufunc, umod of an address without a name */
BEGIN
{
	uaddr(0x10);
	exit(0);
}
