/* * / % bind closer than + -. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 + 2 * 3);
	printf("%d\n", 2 * 3 + 1);
	printf("%d\n", 10 - 8 / 2);
	printf("%d\n", 10 - 7 % 4);
	printf("%d\n", (1 + 2) * 3);
	exit(0);
}
