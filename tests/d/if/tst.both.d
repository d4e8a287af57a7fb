/* if and else. */
#pragma D option quiet

BEGIN
{
	x = 3;
	if (x > 2)
		printf("more\n");
	else
		printf("less\n");
	if (x > 5) {
		printf("more\n");
	} else {
		printf("less\n");
	}
	exit(0);
}
