/* ++ and -- of char wrap at its width. */
#pragma D option quiet

char a;

BEGIN
{
	a = 126;
	printf("%d\n", a++);
	printf("%d\n", a);
	printf("%d\n", ++a);
	printf("%d\n", a);
	printf("%d\n", --a);
	printf("%d\n", a--);
	printf("%d\n", a);
	exit(0);
}
