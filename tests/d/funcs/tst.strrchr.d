/* strrchr: from the last such byte on */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", strrchr("/usr/lib/x", '/'));
	printf("%d\n", strrchr("abc", '/') == NULL);
	printf("[%s]\n", strrchr("aaa", 'a'));
	exit(0);
}
