/* Shift to the left: bits that leave the type are gone */
#pragma D option quiet

BEGIN
{
	i = (int)1;
	printf("%d\n", i << 4);
	printf("%d\n", i << 31);
	printf("%d\n", (long)i << 32);
	u = (uint32_t)0xffffffff;
	printf("%x\n", u << 4);
	exit(0);
}
