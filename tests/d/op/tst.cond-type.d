/* The type of ?: is the common one of its sides. */
#pragma D option quiet

int a;
unsigned int b;
long c;

BEGIN
{
	a = -1;
	b = 1;
	c = -1;
	printf("%d\n", (1 ? a : b) > 0);
	printf("%d\n", (1 ? a : c) > 0);
	printf("%d\n", sizeof (1 ? a : c));
	printf("%d\n", sizeof (1 ? a : b));
	printf("%d\n", (0 ? c : a) < 0);
	exit(0);
}
