/* stacksymbols is accepted */
#pragma D option quiet

#pragma D option stacksymbols

BEGIN
{
	exit(0);
}
