/* Multiplication */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 6 * 7);
	printf("%d\n", -6 * 7);
	i = (int)65536;
	printf("%d\n", i * i);
	printf("%d\n", (long)i * i);
	exit(0);
}
