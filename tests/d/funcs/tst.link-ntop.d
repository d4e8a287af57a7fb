/* link_ntop writes a hardware address */
#pragma D option quiet

BEGIN
{
	p = (uint8_t *)alloca(20); p[0] = 2; p[1] = 0xab; p[5] = 0xff;
	printf("%s\n", link_ntop(1, p));
	printf("%s\n", link_ntop(32, p));
	exit(0);
}
