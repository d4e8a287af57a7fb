/* ++ and -- of int wrap at its width. */
#pragma D option quiet

int a;

BEGIN
{
	a = 2147483646;
	printf("%d\n", a++);
	printf("%d\n", a);
	printf("%d\n", ++a);
	printf("%d\n", a);
	printf("%d\n", --a);
	printf("%d\n", a--);
	printf("%d\n", a);
	exit(0);
}
