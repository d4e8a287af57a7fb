/* An operator of assignment works in the common type, then cuts */
#pragma D option quiet

BEGIN
{
	c = (uint8_t)200; c += 100;
	printf("%d\n", c);
	i = (int)-8; i /= 3;
	printf("%d\n", i);
	u = (uint32_t)7; u -= 8;
	printf("%u\n", u);
	j = (int)-6; j >>= 1;
	printf("%d\n", j);
	k = (uint32_t)4294967290; k >>= 1;
	printf("%u\n", k);
	exit(0);
}
