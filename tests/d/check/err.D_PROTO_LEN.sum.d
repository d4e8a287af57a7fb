/* sum() takes one. */
BEGIN
{
	@a = sum();
}
