/* An integer is none. */
BEGIN
{
	trace(arg0->a);
}
