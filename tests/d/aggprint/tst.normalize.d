/* normalize divides what is printed */
#pragma D option quiet

BEGIN
{
	@["a"] = sum(100);
	normalize(@, 7);
	exit(0);
}
