/* Shift to the right of an unsigned number brings zeros */
#pragma D option quiet

BEGIN
{
	u = (uint32_t)0xfffffff0;
	printf("%x\n", u >> 4);
	w = (uint64_t)0x8000000000000000;
	printf("%x\n", w >> 63);
	exit(0);
}
