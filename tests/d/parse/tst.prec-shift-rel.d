/* << >> bind closer than < <= > >=. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 << 3 > 7);
	printf("%d\n", 1 < 1 << 1);
	printf("%d\n", 8 >> 1 <= 4);
	printf("%d\n", 1 << (3 > 7));
	exit(0);
}
