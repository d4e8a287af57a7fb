/* An assignment declares, too. */
BEGIN
{
	x = 1;
}
string x;
