/* Octal constants begin with 0. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 00);
	printf("%d\n", 07);
	printf("%d\n", 010);
	printf("%d\n", 0777);
	printf("%d\n", 0644);
	exit(0);
}
