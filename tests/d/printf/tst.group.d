/* the flag ' changes nothing where the locale has no separator */
#pragma D option quiet

BEGIN
{
	printf("<%'d>\n", 1234567);
	exit(0);
}
