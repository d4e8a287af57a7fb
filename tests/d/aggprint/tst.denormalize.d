/* denormalize takes that back */
#pragma D option quiet

BEGIN
{
	@["a"] = sum(100);
	normalize(@, 7);
	denormalize(@);
	exit(0);
}
