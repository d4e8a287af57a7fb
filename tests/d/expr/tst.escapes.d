/* Escapes in strings; what is not printable is printed as an escape, to the harm of none */
#pragma D option quiet

BEGIN
{
	printf("%s\n", "a\tb\x1b");
	printf("%s\n", "q\"q");
	printf("%s\n", "it\'s");
	printf("%d\n", strlen("\a\b\f\n\r\t\v\\\?"));
	printf("%s\n", "\x41\102");
	printf("%d\n", strlen("ab\0cd"));
	exit(0);
}
