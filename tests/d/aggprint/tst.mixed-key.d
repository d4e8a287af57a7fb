/* strings and integers in a key */
#pragma D option quiet

BEGIN
{
	@["a", 1, "b"] = sum(10);
	exit(0);
}
