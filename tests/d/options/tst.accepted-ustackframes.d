/* ustackframes=10 is accepted */
#pragma D option quiet

#pragma D option ustackframes=10

BEGIN
{
	exit(0);
}
