/* Both sides of ^^ are always looked at. */
#pragma D option quiet

int a, b;

BEGIN
{
	printf("%d\n", a++ ^^ b++);
	printf("%d %d\n", a, b);
	printf("%d\n", a++ ^^ 0);
	printf("%d %d\n", a, b);
	exit(0);
}
