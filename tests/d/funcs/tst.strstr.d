/* strstr: from the first place of a string on */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", strstr("haystack", "st"));
	printf("[%s]\n", strstr("haystack", ""));
	printf("%d\n", strstr("haystack", "needle") == NULL);
	printf("[%s]\n", strstr("aab", "ab"));
	exit(0);
}
