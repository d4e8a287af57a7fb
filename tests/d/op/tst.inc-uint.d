/* ++ and -- of unsigned int wrap at its width. */
#pragma D option quiet

unsigned int a;

BEGIN
{
	a = 4294967294u;
	printf("%u\n", a++);
	printf("%u\n", a);
	printf("%u\n", ++a);
	printf("%u\n", a);
	printf("%u\n", --a);
	printf("%u\n", a--);
	printf("%u\n", a);
	exit(0);
}
