/* lockmem=1m is accepted */
#pragma D option quiet

#pragma D option lockmem=1m

BEGIN
{
	exit(0);
}
