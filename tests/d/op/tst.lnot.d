/* !: 0 or 1. */
#pragma D option quiet

int a;
long b;
unsigned char c;

BEGIN
{
	a = 5;
	b = 0;
	c = 255;
	printf("%d\n", !a);
	printf("%d\n", !b);
	printf("%d\n", !c);
	printf("%d\n", !!a);
	printf("%d\n", !0);
	printf("%d\n", !7);
	printf("%d\n", !(a == 5));
	exit(0);
}
