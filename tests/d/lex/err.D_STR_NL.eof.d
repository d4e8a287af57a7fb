BEGIN
{
	x = "a