/* = has the value that was stored, in the type that it has there. */
#pragma D option quiet

char c;
BEGIN
{
	x = (c = 300);
	a = b = 7;
	printf("%d %d %d %d\n", x, c, a, b);
	exit(0);
}
