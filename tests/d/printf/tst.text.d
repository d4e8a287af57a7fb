/* text without conversions, and none at all */
#pragma D option quiet

BEGIN
{
	printf("plain\n");
	printf("a\tb\n");
	exit(0);
}
