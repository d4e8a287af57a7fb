/* Bitwise or */
#pragma D option quiet

BEGIN
{
	i = 0xf0;
	printf("%x\n", i | 0x0f);
	printf("%d\n", -8 | 7);
	exit(0);
}
