/* jstackframes=20 is accepted */
#pragma D option quiet

#pragma D option jstackframes=20

BEGIN
{
	exit(0);
}
