/* Constants that need 64 bits. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 4294967296);
	printf("%d\n", 9223372036854775807);
	printf("%d\n", 0x7fffffffffffffff);
	printf("%d\n", 0777777777777777777777);
	exit(0);
}
