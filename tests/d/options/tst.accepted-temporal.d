/* temporal is accepted */
#pragma D option quiet

#pragma D option temporal

BEGIN
{
	exit(0);
}
