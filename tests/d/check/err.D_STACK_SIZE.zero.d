/* Not zero. */
BEGIN
{
	stack(0);
}
