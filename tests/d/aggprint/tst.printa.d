/* printa without format: an empty line, then rows; not again at the end */
#pragma D option quiet

BEGIN
{
	@["a"] = count();
	printa(@);
	exit(0);
}
