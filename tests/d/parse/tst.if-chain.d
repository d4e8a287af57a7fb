/* else if, and a last statement without a semicolon. */
#pragma D option quiet

BEGIN
{
	x = 3;
	if (x == 1) { printf("1\n") } else if (x == 2) { printf("2\n") } else if (x == 3) printf("3\n"); else { printf("?\n") }
	exit(0)
}
