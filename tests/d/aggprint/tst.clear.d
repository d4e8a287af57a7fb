/* clear: values go, keys stay */
#pragma D option quiet

BEGIN
{
	@["a"] = sum(5);
	clear(@);
	exit(0);
}
