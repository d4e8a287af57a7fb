/* Escapes in strings mean what they mean in C. */
#pragma D option quiet

BEGIN
{
	printf("a\tb|\x41\101\60|\\|\"|\'|\?\n");
	exit(0);
}
