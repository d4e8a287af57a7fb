/* Binary operators group from the left. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 10 - 4 - 3);
	printf("%d\n", 100 / 10 / 5);
	printf("%d\n", 100 % 7 % 2);
	printf("%d\n", 1 << 2 << 3);
	printf("%d\n", 256 >> 2 >> 1);
	printf("%d\n", 3 > 2 > 1);
	printf("%d\n", 2 == 2 == 1);
	printf("%d\n", 100 / 10 * 5);
	exit(0);
}
