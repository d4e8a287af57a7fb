/* &&: 0 or 1. */
#pragma D option quiet

int a;
long b;
char c;

BEGIN
{
	a = 5;
	b = 0;
	c = -1;
	printf("%d\n", a && c);
	printf("%d\n", a && b);
	printf("%d\n", b && a);
	printf("%d\n", b && b);
	printf("%d\n", 2 && 3);
	printf("%d\n", 2 && 0);
	printf("%d\n", c && 1 && a);
	exit(0);
}
