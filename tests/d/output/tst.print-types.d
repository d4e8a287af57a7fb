/* print of integers of each size */
#pragma D option quiet

BEGIN
{
	print((short)-1); printf("\n");
	print((unsigned char)200); printf("\n");
	print((long)-2); printf("\n");
	print((uint32_t)7); printf("\n");
	print((int64_t)255); printf("\n");
	exit(0);
}
