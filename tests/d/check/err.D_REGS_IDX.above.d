/* There are not that many registers. */
BEGIN
{
	trace(uregs[1000]);
}
