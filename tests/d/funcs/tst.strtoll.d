/* strtoll reads a number, in base 10 if none is given */
#pragma D option quiet

BEGIN
{
	printf("%d\n", strtoll("1234"));
	printf("%d\n", strtoll("  -12xyz"));
	printf("%d\n", strtoll("+7"));
	printf("%d\n", strtoll("0x1f", 16));
	printf("%d\n", strtoll("1f", 16));
	printf("%d\n", strtoll("0x1f"));
	printf("%d\n", strtoll("777", 8));
	printf("%d\n", strtoll("101", 2));
	printf("%d\n", strtoll("zz", 36));
	printf("%d\n", strtoll(""));
	printf("%d\n", strtoll("99999999999999999999"));
	printf("%d\n", strtoll("-99999999999999999999"));
	exit(0);
}
