/* denormalize() takes no factor. */
BEGIN
{
	@a = sum(1);
	denormalize(@a, 1);
}
