/* Casts cut off and extend. */
#pragma D option quiet

BEGIN
{
	x = 0x12345678;
	printf("%x %x %d %d\n", (char)x, (short)x, (char)200, (unsigned char)200);
	printf("%d %u %d\n", (int)4294967295l, (uint32_t)-1, (int64_t)(int32_t)0xffffffff);
	printf("%d %d\n", (uint64_t)-1 == 18446744073709551615u, (int8_t)128);
	exit(0);
}
