/* There is no such function. */
BEGIN
{
	frobnicate(1);
}
