/* aggpercpu is accepted */
#pragma D option quiet

#pragma D option aggpercpu

BEGIN
{
	exit(0);
}
