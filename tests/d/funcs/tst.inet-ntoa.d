/* inet_ntoa writes an address of 4 bytes */
#pragma D option quiet

BEGIN
{
	p = (uint8_t *)alloca(4); p[0] = 192; p[1] = 168; p[2] = 0; p[3] = 255;
	printf("%s\n", inet_ntoa((ipaddr_t *)p));
	*(uint32_t *)p = 0;
	printf("%s\n", inet_ntoa((ipaddr_t *)p));
	*(uint32_t *)p = htonl(0x7f000001);
	printf("%s\n", inet_ntoa((ipaddr_t *)p));
	exit(0);
}
