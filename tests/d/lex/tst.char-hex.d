/* Hexadecimal escapes of one or two digits. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", '\x0');
	printf("%d\n", '\x9');
	printf("%d\n", '\x41');
	printf("%d\n", '\x7f');
	printf("%d\n", '\x7F');
	exit(0);
}
