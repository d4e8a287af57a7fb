/* system() has a format, too. */
BEGIN
{
	system("kill %d");
}
