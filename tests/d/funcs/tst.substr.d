/* substr: from an index, so many bytes */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", substr("abcdef", 2));
	printf("[%s]\n", substr("abcdef", 2, 3));
	printf("[%s]\n", substr("abcdef", 0, 0));
	printf("[%s]\n", substr("abcdef", 4, 10));
	printf("[%s]\n", substr("abcdef", 6));
	printf("[%s]\n", substr("abcdef", 9, 2));
	exit(0);
}
