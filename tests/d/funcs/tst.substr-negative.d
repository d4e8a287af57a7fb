/* substr with a negative index counts from the end; a negative length leaves so many off */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", substr("abcdef", -2));
	printf("[%s]\n", substr("abcdef", -4, 2));
	printf("[%s]\n", substr("abcdef", 1, -2));
	printf("[%s]\n", substr("abcdef", -3, -1));
	printf("[%s]\n", substr("abcdef", 1, -9));
	printf("[%s]\n", substr("abcdef", -9, 5));
	printf("[%s]\n", substr("abcdef", -9, 2));
	printf("[%s]\n", substr("abcdef", -9));
	exit(0);
}
