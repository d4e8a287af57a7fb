/* Nor has what nobody defined. */
BEGIN
{
	trace(sizeof (struct nosuch));
}
