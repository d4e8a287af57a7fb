/* ++ and -- of short wrap at its width. */
#pragma D option quiet

short a;

BEGIN
{
	a = 32766;
	printf("%d\n", a++);
	printf("%d\n", a);
	printf("%d\n", ++a);
	printf("%d\n", a);
	printf("%d\n", --a);
	printf("%d\n", a--);
	printf("%d\n", a);
	exit(0);
}
