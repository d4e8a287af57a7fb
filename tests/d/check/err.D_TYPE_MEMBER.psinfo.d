/* Nor in the structs of the library. */
BEGIN
{
	trace(curpsinfo->pr_nosuch);
}
