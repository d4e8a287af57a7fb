/* Sizes of the common type. */
#pragma D option quiet

char c;
int i;
unsigned int u;
long l;
unsigned long m;

BEGIN
{
	c = 1;
	i = 1;
	u = 1;
	l = 1;
	m = 1;
	printf("%d\n", sizeof (c + c));
	printf("%d\n", sizeof (c + i));
	printf("%d\n", sizeof (i + u));
	printf("%d\n", sizeof (i + l));
	printf("%d\n", sizeof (u + l));
	printf("%d\n", sizeof (l + m));
	printf("%d\n", sizeof (c == l));
	printf("%d\n", sizeof (l << i));
	printf("%d\n", sizeof (i << l));
	printf("%d\n", sizeof (!l));
	printf("%d\n", sizeof (1 ? c : l));
	printf("%d\n", sizeof (c));
	printf("%d\n", sizeof (l, c));
	exit(0);
}
