/* a string key: 50 columns */
#pragma D option quiet

BEGIN
{
	@["abc"] = count();
	exit(0);
}
