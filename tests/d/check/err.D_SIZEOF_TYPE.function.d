/* Nor has a function. */
BEGIN
{
	trace(sizeof (int (int)));
}
