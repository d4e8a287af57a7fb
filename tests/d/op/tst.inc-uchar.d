/* ++ and -- of unsigned char wrap at its width. */
#pragma D option quiet

unsigned char a;

BEGIN
{
	a = 254;
	printf("%u\n", a++);
	printf("%u\n", a);
	printf("%u\n", ++a);
	printf("%u\n", a);
	printf("%u\n", --a);
	printf("%u\n", a--);
	printf("%u\n", a);
	exit(0);
}
