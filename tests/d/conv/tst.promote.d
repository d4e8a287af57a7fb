/* What is narrower than int is promoted to int first. */
#pragma D option quiet

unsigned char a;
unsigned char b;
unsigned short s;

BEGIN
{
	a = 255;
	b = 255;
	s = 65535;
	printf("%d\n", a + b);
	printf("%d\n", a * b);
	printf("%d\n", a << 8);
	printf("%d\n", s * 2);
	printf("%d\n", s + s);
	printf("%d\n", -a);
	printf("%d\n", ~a);
	printf("%d\n", a - 256);
	printf("%d\n", sizeof (a + b));
	printf("%d\n", sizeof (s << 1));
	exit(0);
}
