/* sizeof of types and expressions; the expression is not evaluated */
#pragma D option quiet

BEGIN
{
	n = 3;
	printf("%d\n", sizeof (char));
	printf("%d\n", sizeof (short));
	printf("%d\n", sizeof (int));
	printf("%d\n", sizeof (long));
	printf("%d\n", sizeof (long long));
	printf("%d\n", sizeof (void *));
	printf("%d\n", sizeof (int[10]));
	printf("%d\n", sizeof (n));
	printf("%d\n", sizeof (n++));
	printf("%d\n", n);
	exit(0);
}
