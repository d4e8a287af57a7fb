/* strlen counts bytes */
#pragma D option quiet

BEGIN
{
	printf("%d\n", strlen(""));
	printf("%d\n", strlen("abc"));
	printf("%d\n", strlen("\303\244"));
	s = "xy";
	printf("%d\n", strlen(s) + strlen(probename));
	exit(0);
}
