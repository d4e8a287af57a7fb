/* << of ints. */
#pragma D option quiet

int a;
int n;

BEGIN
{
	a = -1000;
	n = 3;
	printf("%d\n", a << n);
	printf("%d\n", a << 0);
	printf("%d\n", 1 << n);
	printf("%d\n", 1000 << 5);
	printf("%d\n", -1 << 31);
	exit(0);
}
