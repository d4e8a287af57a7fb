/* A format alone. */
BEGIN
{
	printa("%@d\n");
}
