/* const, volatile and restrict are allowed where C has them. */
#pragma D option quiet

const char *volatile p;
volatile int v;
BEGIN
{
	v = 3;
	p = (const char *)NULL;
	printf("%d %d\n", v, p == NULL);
	exit(0);
}
