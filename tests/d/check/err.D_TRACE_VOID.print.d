/* Nor printed. */
BEGIN
{
	print((void)1);
}
