/* Aggregations and assignments under an if. */
#pragma D option quiet

BEGIN
{
	i = 5;
	if (i > 3) {
		@n["big"] = count();
		i -= 3;
	} else {
		@n["small"] = count();
	}
	if (i > 3)
		@n["big"] = count();
	else
		@n["small"] = count();
	printa("%s %@d\n", @n);
	exit(0);
}
