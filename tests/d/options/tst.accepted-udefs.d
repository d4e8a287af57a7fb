/* udefs is accepted */
#pragma D option quiet

#pragma D option udefs

BEGIN
{
	exit(0);
}
