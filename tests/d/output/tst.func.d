/* func of an address without a name */
BEGIN
{
	func(0x10);
	exit(0);
}
