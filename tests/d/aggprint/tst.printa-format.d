/* printa with a format, for each row */
#pragma D option quiet

BEGIN
{
	@["a", 1] = sum(5);
	@["b", 2] = sum(6);
	printa("%s/%d = %@d\n", @);
	exit(0);
}
