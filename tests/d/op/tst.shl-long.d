/* << of longs: the type is that of the left operand. */
#pragma D option quiet

long a;
int n;

BEGIN
{
	a = -5000000000;
	n = 7;
	printf("%d\n", a << n);
	printf("%d\n", a << 1);
	printf("%d\n", 1l << 40);
	printf("%d\n", -1l << 63);
	printf("%d\n", 1 << 3ul);
	exit(0);
}
