/* The table of precedence, as C has it and with ^^ between && and ||. */
#pragma D option quiet

BEGIN
{
	t = 2;
	printf("%d %d %d\n", t + 3 * 4, (t + 3) * 4, t + 3 << 1);
	printf("%d %d %d\n", t | 1 ^ 3 & 6, t < 3 == 1, t == 2 & 1);
	printf("%d %d\n", 1 || 1 ^^ 1, 1 ^^ 1 && 0);
	printf("%d %d\n", -t + 1, !t == 0);
	exit(0);
}
