/* preallocate=1m is accepted */
#pragma D option quiet

#pragma D option preallocate=1m

BEGIN
{
	exit(0);
}
