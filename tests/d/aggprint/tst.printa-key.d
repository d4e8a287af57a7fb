/* printa of the keys alone */
#pragma D option quiet

BEGIN
{
	@["b"] = sum(6);
	@["a"] = sum(5);
	printa("%s\n", @);
	exit(0);
}
