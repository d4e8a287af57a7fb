/* count() counts, it takes no value. */
BEGIN
{
	@a = count(1);
}
