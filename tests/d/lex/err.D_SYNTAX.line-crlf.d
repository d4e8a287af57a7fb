BEGIN
{
	x = ;
}
