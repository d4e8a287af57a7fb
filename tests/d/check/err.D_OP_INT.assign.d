/* So is %=. */
BEGIN
{
	x = "a";
	x %= 2;
}
