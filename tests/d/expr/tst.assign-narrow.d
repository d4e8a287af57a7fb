/* Storing cuts to the width of the variable */
#pragma D option quiet

BEGIN
{
	a = (uint8_t)0; a = 257;
	printf("%d\n", a);
	b = (int16_t)0; b = 40000;
	printf("%d\n", b);
	w = (uint32_t)0; w = -1;
	printf("%u\n", w);
	exit(0);
}
