/* __LINE__ and __FILE__. */
#pragma D option quiet

BEGIN
{
	printf("%d %s\n", __LINE__, __FILE__);
	exit(0);
}
