/* ++ and -- of unsigned short wrap at its width. */
#pragma D option quiet

unsigned short a;

BEGIN
{
	a = 65534;
	printf("%u\n", a++);
	printf("%u\n", a);
	printf("%u\n", ++a);
	printf("%u\n", a);
	printf("%u\n", --a);
	printf("%u\n", a--);
	printf("%u\n", a);
	exit(0);
}
