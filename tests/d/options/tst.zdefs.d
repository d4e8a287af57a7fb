/* zdefs: a description may match nothing. */
#pragma D option zdefs
#pragma D option quiet

nosuch:::
{
	trace(1);
}

BEGIN
{
	exit(0);
}
