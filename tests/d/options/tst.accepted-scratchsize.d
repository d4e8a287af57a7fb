/* scratchsize=512 is accepted */
#pragma D option quiet

#pragma D option scratchsize=512

BEGIN
{
	exit(0);
}
