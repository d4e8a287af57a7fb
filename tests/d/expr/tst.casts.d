/* Casts cut and extend */
#pragma D option quiet

BEGIN
{
	i = 0x12345687;
	printf("%d\n", (int8_t)i);
	printf("%d\n", (uint8_t)i);
	printf("%d\n", (int16_t)i);
	printf("%x\n", (uint16_t)i);
	printf("%d\n", (int32_t)0x80000000);
	printf("%x\n", (uint64_t)(int32_t)0x80000000);
	printf("%x\n", (uint64_t)(uint32_t)0x80000000);
	printf("%d\n", (char)255);
	printf("%d\n", (unsigned char)255);
	printf("%d\n", (short)65535);
	exit(0);
}
