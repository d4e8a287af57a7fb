/* An unsigned int and an int compare as unsigned, as in C; wider signed types hold both */
#pragma D option quiet

BEGIN
{
	i = (int)-1; u = (uint32_t)1;
	printf("%d\n", i < u);
	printf("%d\n", i > u);
	printf("%d\n", (long)i < u);
	c = (uint8_t)200;
	printf("%d\n", i < c);
	exit(0);
}
