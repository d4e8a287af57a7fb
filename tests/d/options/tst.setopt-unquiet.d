/* setopt: and back. */
#pragma D option quiet

BEGIN
{
	trace(1);
	setopt("quiet", "0");
}

BEGIN
{
	trace(2);
	exit(0);
}
