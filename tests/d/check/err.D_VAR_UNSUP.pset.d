/* Processor sets are Solaris's. */
BEGIN
{
	trace(pset);
}
