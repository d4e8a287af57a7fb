/* Bitwise complement */
#pragma D option quiet

BEGIN
{
	i = 5;
	printf("%d\n", ~i);
	u = (uint8_t)15;
	printf("%d\n", ~u);
	w = (uint32_t)0;
	printf("%u\n", ~w);
	printf("%x\n", ~0ULL);
	exit(0);
}
