/* stackframes=10 is accepted */
#pragma D option quiet

#pragma D option stackframes=10

BEGIN
{
	exit(0);
}
