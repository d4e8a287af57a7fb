/* ! is 0 or 1 */
#pragma D option quiet

BEGIN
{
	i = 5; z = 0;
	printf("%d\n", !i);
	printf("%d\n", !z);
	printf("%d\n", !!i);
	p = (char *)NULL;
	printf("%d\n", !p);
	exit(0);
}
