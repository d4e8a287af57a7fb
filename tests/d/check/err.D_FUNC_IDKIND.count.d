/* An aggregating function stands behind @a = alone. */
BEGIN
{
	x = count();
}
