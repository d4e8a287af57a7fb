/* ~ turns every bit. */
#pragma D option quiet

int a;
unsigned char b;
unsigned int u;
long l;

BEGIN
{
	a = 5;
	b = 200;
	u = 5;
	l = 5;
	printf("%d\n", ~a);
	printf("%d\n", ~b);
	printf("%d\n", ~u);
	printf("%d\n", ~l);
	printf("%d\n", ~0);
	printf("%d\n", ~~a);
	printf("%d\n", ~0u > 0);
	printf("%d\n", ~(1 << 3));
	exit(0);
}
