/* count without key, printed at the end */
#pragma D option quiet

BEGIN
{
	@ = count();
	@ = count();
	exit(0);
}
