/* integer keys by their size */
#pragma D option quiet

BEGIN
{
	@[(char)1, (short)2, 3, 4ll] = count();
	exit(0);
}
