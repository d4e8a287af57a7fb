/* The same for denormalize(). */
BEGIN
{
	denormalize(@nosuch);
}
