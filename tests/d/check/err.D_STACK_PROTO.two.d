/* stack() has one argument. */
BEGIN
{
	stack(1, 2);
}
