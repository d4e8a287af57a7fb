/* inet_ntoa6 writes an address of 16 bytes, the longest run of zeros as :: */
#pragma D option quiet

BEGIN
{
	p = (uint8_t *)alloca(16);
	printf("%s\n", inet_ntoa6((in6_addr_t *)p));
	p[15] = 1;
	printf("%s\n", inet_ntoa6((in6_addr_t *)p));
	p[0] = 0x20; p[1] = 1; p[2] = 0xd; p[3] = 0xb8; p[9] = 5;
	printf("%s\n", inet_ntoa6((in6_addr_t *)p));
	exit(0);
}
