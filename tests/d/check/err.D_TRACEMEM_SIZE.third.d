/* How much of it counts is a number. */
BEGIN
{
	tracemem(arg0, 16, "8");
}
