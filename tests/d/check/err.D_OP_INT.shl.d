/* So is <<. */
BEGIN
{
	trace(1 << "2");
}
