/* The members of a union lie one upon the other */
#pragma D option quiet

union u { uint32_t w; uint16_t h; uint8_t b[4]; };
union u u;

BEGIN
{
	u.w = 0x01020304;
	printf("%x\n", u.b[0]);
	printf("%x\n", u.b[3]);
	printf("%x\n", u.h);
	u.b[1] = 0xff;
	printf("%x\n", u.w);
	exit(0);
}
