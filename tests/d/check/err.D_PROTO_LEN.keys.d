/* The tuple of an array is one and the same. */
BEGIN
{
	a[1, "x"] = 1;
	trace(a[1]);
}
