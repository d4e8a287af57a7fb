/* avg of (1, 2, 6) */
#pragma D option quiet

BEGIN
{
	@ = avg(1);
	@ = avg(2);
	@ = avg(6);
	exit(0);
}
