/* Unary -. */
#pragma D option quiet

int a;
char c;
unsigned int u;
long l;

BEGIN
{
	a = 5;
	c = -128;
	u = 1;
	l = -5000000000;
	printf("%d\n", -a);
	printf("%d\n", - -a);
	printf("%d\n", -c);
	printf("%d\n", -u);
	printf("%d\n", -l);
	printf("%d\n", -0);
	printf("%d\n", -(3 + 4));
	printf("%d\n", -u > 0);
	printf("%d\n", -2147483647 - 1);
	exit(0);
}
