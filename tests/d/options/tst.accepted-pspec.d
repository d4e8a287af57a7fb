/* pspec is accepted */
#pragma D option quiet

#pragma D option pspec

BEGIN
{
	exit(0);
}
