/* % of longs. */
#pragma D option quiet

long a;
long b;

BEGIN
{
	a = -5000000000;
	b = 3;
	printf("%d\n", a % b);
	printf("%d\n", b % a);
	printf("%d\n", a % a);
	printf("%d\n", a % 1000000007);
	printf("%d\n", -1 % a);
	exit(0);
}
