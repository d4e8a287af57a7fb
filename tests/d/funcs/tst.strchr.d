/* strchr: from the first such byte on; NULL if there is none */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", strchr("hello", 'l'));
	printf("[%s]\n", strchr("hello", 'h'));
	printf("%d\n", strchr("hello", 'x') == NULL);
	printf("%d\n", strchr("hello", 'o') == NULL);
	s = "key=value";
	printf("[%s]\n", strchr(s, '='));
	exit(0);
}
