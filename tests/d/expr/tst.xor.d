/* Bitwise exclusive or */
#pragma D option quiet

BEGIN
{
	i = 0xff;
	printf("%x\n", i ^ 0x0f);
	printf("%d\n", i ^ i);
	printf("%d\n", -1 ^ 5);
	exit(0);
}
