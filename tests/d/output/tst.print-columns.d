/* print has its record's columns before it. */
BEGIN
{
	print(5);
	exit(0);
}
