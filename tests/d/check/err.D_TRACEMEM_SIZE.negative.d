/* Nor less. */
BEGIN
{
	tracemem(arg0, -16);
}
