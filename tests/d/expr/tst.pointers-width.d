/* A load and a store have the width of what is pointed to */
#pragma D option quiet

BEGIN
{
	p = (uint32_t *)alloca(8); *p = 0x11223344; c = (uint8_t *)p; s = (int16_t *)p;
	printf("%x\n", c[0]);
	printf("%x\n", c[3]);
	printf("%x\n", s[0]);
	c[0] = 0xff; c[1] = 0xff;
	printf("%d\n", s[0]);
	printf("%x\n", *p);
	printf("%x\n", *(uint64_t *)p);
	exit(0);
}
