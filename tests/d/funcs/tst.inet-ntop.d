/* inet_ntop takes the family first */
#pragma D option quiet

BEGIN
{
	p = (uint8_t *)alloca(16); p[0] = 10; p[3] = 7;
	printf("%s\n", inet_ntop(2, p));
	printf("%s\n", inet_ntop(10, p));
	*(uint64_t *)p = 0; p[10] = 0xff; p[11] = 0xff; p[12] = 1; p[15] = 4;
	printf("%s\n", inet_ntop(10, p));
	exit(0);
}
