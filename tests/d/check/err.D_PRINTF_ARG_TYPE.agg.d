/* An aggregation is for printa(). */
BEGIN
{
	@a = count();
	printf("%d\n", @a);
}
