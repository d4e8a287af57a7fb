/*
 *
 */
BEGIN
{
	// x
	x = ;
}
