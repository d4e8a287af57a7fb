/* An inline with parameters is called with brackets. */
inline int twice[int x] = 2 * x;
BEGIN
{
	trace(twice(1));
}
