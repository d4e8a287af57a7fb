/* Nor may it stand in ?:. */
BEGIN
{
	pid ? exit(0) : exit(1);
}
