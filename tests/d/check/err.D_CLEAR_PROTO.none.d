/* clear() what? */
BEGIN
{
	clear();
}
