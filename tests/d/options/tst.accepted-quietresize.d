/* quietresize is accepted */
#pragma D option quiet

#pragma D option quietresize

BEGIN
{
	exit(0);
}
