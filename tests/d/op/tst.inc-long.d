/* ++ and -- of long wrap at its width. */
#pragma D option quiet

long a;

BEGIN
{
	a = 9223372036854775806;
	printf("%d\n", a++);
	printf("%d\n", a);
	printf("%d\n", ++a);
	printf("%d\n", a);
	printf("%d\n", --a);
	printf("%d\n", a--);
	printf("%d\n", a);
	exit(0);
}
