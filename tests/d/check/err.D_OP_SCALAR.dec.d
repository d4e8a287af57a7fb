/* -- too. */
BEGIN
{
	x = "a";
	--x;
}
