/* It is not zero. */
BEGIN
{
	tracemem(arg0, 0);
}
