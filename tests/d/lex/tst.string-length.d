/* Escapes count as one byte; a NUL ends the string. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", strlen(""));
	printf("%d\n", strlen("abc"));
	printf("%d\n", strlen("a\nb"));
	printf("%d\n", strlen("\x41\101"));
	printf("%d\n", strlen("a\0b"));
	exit(0);
}
