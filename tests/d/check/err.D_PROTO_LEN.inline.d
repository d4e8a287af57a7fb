/* An inline is given what it says. */
inline int twice[int x] = 2 * x;
BEGIN
{
	trace(twice[1, 2]);
}
