/* Equal and not equal */
#pragma D option quiet

BEGIN
{
	i = 5;
	printf("%d\n", i == 5);
	printf("%d\n", i == 6);
	printf("%d\n", i != 5);
	printf("%d\n", i != 6);
	printf("%d\n", (int8_t)-1 == -1);
	printf("%d\n", (uint8_t)255 == -1);
	exit(0);
}
