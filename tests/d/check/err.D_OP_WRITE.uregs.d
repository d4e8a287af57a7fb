/* Nor are registers. */
BEGIN
{
	uregs[0] = 1;
}
