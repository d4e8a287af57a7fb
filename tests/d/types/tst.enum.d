/* Enumerators are constants, numbered on from the last one. */
#pragma D option quiet

enum color { RED, GREEN = 5, BLUE, LAST = BLUE * 2 };
enum color e;
BEGIN
{
	e = GREEN;
	printf("%d %d %d %d\n", RED, GREEN, BLUE, LAST);
	printf("%d %d %d\n", e == GREEN, e + 1, sizeof (enum color));
	exit(0);
}
