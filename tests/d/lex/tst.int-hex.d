/* Hexadecimal constants, digits in both cases. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 0x0);
	printf("%d\n", 0xff);
	printf("%d\n", 0XFF);
	printf("%d\n", 0xaBcD);
	printf("%d\n", 0x7fffffff);
	exit(0);
}
