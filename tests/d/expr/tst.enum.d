/* Enumerators are integers; a variable may be of the type */
#pragma D option quiet

enum colour { RED, GREEN, BLUE = 10, MINUS = -1 };
enum colour e;

BEGIN
{
	e = GREEN;
	printf("%d\n", e);
	printf("%d\n", BLUE);
	printf("%d\n", BLUE + 1);
	printf("%d\n", e == GREEN);
	printf("%d\n", sizeof (e));
	printf("%d\n", MINUS);
	exit(0);
}
