/* bufresize manual */
#pragma D option quiet

#pragma D option bufresize=manual

BEGIN
{
	exit(0);
}
