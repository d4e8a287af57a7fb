/* || is 0 or 1 */
#pragma D option quiet

BEGIN
{
	i = 5; z = 0;
	printf("%d\n", i || z);
	printf("%d\n", z || i);
	printf("%d\n", z || z);
	printf("%d\n", i || i);
	exit(0);
}
