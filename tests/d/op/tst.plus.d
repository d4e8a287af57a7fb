/* Unary + promotes. */
#pragma D option quiet

char c;
unsigned char b;

BEGIN
{
	c = -3;
	b = 200;
	printf("%d\n", +c);
	printf("%d\n", +b);
	printf("%d\n", sizeof (c));
	printf("%d\n", sizeof (+c));
	printf("%d\n", +7);
	exit(0);
}
