/* So is unary +. */
BEGIN
{
	trace(+"a");
}
