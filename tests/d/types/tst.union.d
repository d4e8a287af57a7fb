/* The members of a union share their bytes. */
#pragma D option quiet

union u { uint32_t word; uint16_t half[2]; uint8_t byte[4]; };
union u v;
BEGIN
{
	v.word = 0xa1b2c3d4;
	printf("%x %x %x %d\n", v.half[0], v.byte[0], v.byte[3], sizeof (union u));
	v.byte[1] = 0;
	printf("%x\n", v.word);
	exit(0);
}
