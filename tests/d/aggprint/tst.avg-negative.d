/* avg of (-1, -2) */
#pragma D option quiet

BEGIN
{
	@ = avg(-1);
	@ = avg(-2);
	exit(0);
}
