/* An array gets values by key. */
BEGIN
{
	a["x"] = 1;
	a = 1;
}
