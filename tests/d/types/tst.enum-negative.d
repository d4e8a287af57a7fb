/* Enumerators may be negative. */
#pragma D option quiet

enum { LOW = -2, NEXT, ZERO };
BEGIN
{
	printf("%d %d %d\n", LOW, NEXT, ZERO);
	exit(0);
}
