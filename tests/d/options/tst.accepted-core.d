/* core=x is accepted */
#pragma D option quiet

#pragma D option core=x

BEGIN
{
	exit(0);
}
