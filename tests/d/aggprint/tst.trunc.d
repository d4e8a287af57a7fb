/* trunc: all goes */
#pragma D option quiet

BEGIN
{
	@["a"] = sum(5);
	trunc(@);
	exit(0);
}
