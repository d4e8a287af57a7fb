/* if too. */
BEGIN
{
	if (execname)
		exit(0);
}
