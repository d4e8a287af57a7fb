/* stackindent is accepted, also by setopt. */
#pragma D option quiet
#pragma D option stackindent=4

BEGIN
{
	setopt("stackindent", "2");
	exit(0);
}
