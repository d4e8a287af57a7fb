/* Subtraction */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 - 2);
	printf("%u\n", 1u - 2u);
	printf("%u\n", 1UL - 2UL);
	i = 5;
	printf("%d\n", i - 7 - 1);
	printf("%d\n", i - (7 - 1));
	exit(0);
}
