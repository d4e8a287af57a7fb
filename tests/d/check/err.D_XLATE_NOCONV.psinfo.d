/* The library has some of those. */
BEGIN
{
	trace(curpsinfo->pr_ttydev);
}
