/* jstackstrsize=256 is accepted */
#pragma D option quiet

#pragma D option jstackstrsize=256

BEGIN
{
	exit(0);
}
