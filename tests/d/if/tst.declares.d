/* A variable that is assigned under an if is there afterwards. */
#pragma D option quiet

BEGIN
{
	if (0)
		x = 5;
	printf("%d\n", x);
	exit(0);
}
