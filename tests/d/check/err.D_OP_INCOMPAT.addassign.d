/* += on a string. */
BEGIN
{
	x = "a";
	x += "b";
}
