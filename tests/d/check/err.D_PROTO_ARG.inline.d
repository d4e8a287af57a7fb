/* An inline's parameter has a type. */
inline int twice[int x] = 2 * x;
BEGIN
{
	trace(twice["a"]);
}
