/* The size is a constant. */
BEGIN
{
	tracemem(arg0, arg1);
}
