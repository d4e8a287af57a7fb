/* ~ promotes first. */
#pragma D option quiet

BEGIN
{
	c = (unsigned char)0xf0;
	u = 0u;
	printf("%d %d %u %d\n", ~0, ~c, ~u, ~~7);
	exit(0);
}
