/* sizeof of types and of expressions, which are not evaluated. */
#pragma D option quiet

struct s { char c; int i; };
BEGIN
{
	n = 0;
	printf("%d %d %d %d %d\n", sizeof (char), sizeof (short), sizeof (int), sizeof (long), sizeof (long long));
	printf("%d %d %d %d\n", sizeof (struct s), sizeof (int [10]), sizeof (void *), sizeof (uint16_t));
	printf("%d %d %d\n", sizeof (n++), sizeof n, sizeof (1 + 1l));
	printf("%d %d\n", n, sizeof "four");
	exit(0);
}
