/* Division cuts towards zero */
#pragma D option quiet

BEGIN
{
	i = 7; j = 2;
	printf("%d\n", i / j);
	printf("%d\n", -i / j);
	printf("%d\n", i / -j);
	printf("%d\n", -i / -j);
	printf("%d\n", 0 / j);
	exit(0);
}
