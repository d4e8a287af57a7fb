/* The same for ||. */
#pragma D option quiet

int a;
int b;

BEGIN
{
	a = 1;
	b = 0;
	printf("%d\n", a || ++b);
	printf("%d\n", b);
	printf("%d\n", (a - 1) || ++b);
	printf("%d\n", b);
	printf("%d\n", a-- || b--);
	printf("%d\n", a);
	printf("%d\n", b);
	exit(0);
}
