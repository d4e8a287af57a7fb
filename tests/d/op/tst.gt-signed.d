/* > of signed operands. */
#pragma D option quiet

int a;
int b;
long c;
char d;

BEGIN
{
	a = -1;
	b = 1;
	c = -5000000000;
	d = -1;
	printf("%d\n", a > b);
	printf("%d\n", b > a);
	printf("%d\n", a > a);
	printf("%d\n", a > c);
	printf("%d\n", c > a);
	printf("%d\n", a > d);
	printf("%d\n", d > b);
	printf("%d\n", -1 > 1);
	printf("%d\n", 3 > 3);
	exit(0);
}
