/* Nor is an inline. */
inline int limit = 10;
BEGIN
{
	limit = 11;
}
