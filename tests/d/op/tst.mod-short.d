/* % of shorts: they become ints. */
#pragma D option quiet

short a;
unsigned short b;

BEGIN
{
	a = -300;
	b = 65000;
	printf("%d\n", a % b);
	printf("%d\n", b % a);
	printf("%d\n", a % a);
	printf("%d\n", b % b);
	printf("%d\n", a % 17);
	exit(0);
}
