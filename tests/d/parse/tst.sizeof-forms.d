/* sizeof of types and of expressions, with and without parentheses. */
#pragma D option quiet

struct s { int a; char b; };
int x;
BEGIN
{
	printf("%d\n", sizeof (char));
	printf("%d\n", sizeof (unsigned long long));
	printf("%d\n", sizeof (int *));
	printf("%d\n", sizeof (int[3]));
	printf("%d\n", sizeof (struct s));
	printf("%d\n", sizeof x);
	printf("%d\n", sizeof (x));
	printf("%d\n", sizeof (x)++);
	printf("%d\n", sizeof (x + 1ll));
	exit(0);
}
