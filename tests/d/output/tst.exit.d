/* exit alone makes a record without text */
BEGIN
{
	exit(0);
}
