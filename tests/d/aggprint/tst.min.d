/* min of (5, -2, 9) */
#pragma D option quiet

BEGIN
{
	@ = min(5);
	@ = min(-2);
	@ = min(9);
	exit(0);
}
