/* Parentheses, many of them. */
#pragma D option quiet

BEGIN
{
	x = ((((((((((((((((2)))))))))))))))) * ((3 + (4)));
	printf("%d\n", x);
	exit(0);
}
