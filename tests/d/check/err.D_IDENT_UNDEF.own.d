/* The right side comes first: x is not there yet. */
BEGIN
{
	x = x + 1;
}
