/* maxframes=20 is accepted */
#pragma D option quiet

#pragma D option maxframes=20

BEGIN
{
	exit(0);
}
