/* A string is no address. */
BEGIN
{
	tracemem(execname, 16);
}
