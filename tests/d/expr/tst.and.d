/* Bitwise and */
#pragma D option quiet

BEGIN
{
	i = 0xff0;
	printf("%x\n", i & 0x0ff);
	printf("%d\n", -1 & 7);
	printf("%x\n", 0xffffffffffffffff & 0x8000000000000000);
	exit(0);
}
