/* setopt of the sorting */
#pragma D option quiet

BEGIN
{
	@["a"] = sum(1);
	@["b"] = sum(2);
	setopt("aggsortrev");
	exit(0);
}
