/* Nor for speculate(). */
BEGIN
{
	speculate(1);
	@a = count();
}
