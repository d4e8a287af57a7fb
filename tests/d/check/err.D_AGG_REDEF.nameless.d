/* The one without a name, too. */
BEGIN
{
	@ = min(1);
}
END
{
	@ = max(1);
}
