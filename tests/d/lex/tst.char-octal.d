/* Octal escapes of one to three digits. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", '\0');
	printf("%d\n", '\7');
	printf("%d\n", '\12');
	printf("%d\n", '\101');
	printf("%d\n", '\060');
	exit(0);
}
