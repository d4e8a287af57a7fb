/* control characters in a key: a dump, so that no row is forged */
#pragma D option quiet

BEGIN
{
	@["a\033[2J"] = count();
	exit(0);
}
