/* ++ and -- of unsigned long wrap at its width. */
#pragma D option quiet

unsigned long a;

BEGIN
{
	a = 0xfffffffffffffffe;
	printf("%u\n", a++);
	printf("%u\n", a);
	printf("%u\n", ++a);
	printf("%u\n", a);
	printf("%u\n", --a);
	printf("%u\n", a--);
	printf("%u\n", a);
	exit(0);
}
