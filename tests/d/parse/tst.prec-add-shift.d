/* + - bind closer than << >>. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 << 2 + 1);
	printf("%d\n", 16 >> 1 + 1);
	printf("%d\n", 1 + 1 << 2);
	printf("%d\n", (1 << 2) + 1);
	exit(0);
}
