/* no aggregation has anything in it */
#pragma D option quiet

BEGIN
{
	x = 1;
	exit(0);
}
END /0/ { @a = count(); }
