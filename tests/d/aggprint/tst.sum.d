/* sum of (1, 2, -10) */
#pragma D option quiet

BEGIN
{
	@ = sum(1);
	@ = sum(2);
	@ = sum(-10);
	exit(0);
}
