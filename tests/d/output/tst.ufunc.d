/* ufunc of an address without a name */
BEGIN
{
	ufunc(0x10);
	exit(0);
}
