/* Character constants are integers. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 'a');
	printf("%d\n", 'Z');
	printf("%d\n", '0');
	printf("%d\n", ' ');
	printf("%d\n", '/');
	printf("%d\n", '"');
	exit(0);
}
