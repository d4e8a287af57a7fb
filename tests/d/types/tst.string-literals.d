/* Escapes of strings. */
#pragma D option quiet

BEGIN
{
	printf("%s|%s|%s\n", "a\tb", "q\"q", "\x41\102\\");
	printf("%d %d\n", strlen("\n\t"), strlen(""));
	exit(0);
}
