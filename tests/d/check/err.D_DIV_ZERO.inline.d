/* An inline is a constant, too. */
inline int parts = 0;
BEGIN
{
	trace(100 / parts);
}
