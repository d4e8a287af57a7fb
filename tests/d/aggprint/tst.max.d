/* max of (5, -2, 9) */
#pragma D option quiet

BEGIN
{
	@ = max(5);
	@ = max(-2);
	@ = max(9);
	exit(0);
}
