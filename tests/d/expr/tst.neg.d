/* Unary minus and plus */
#pragma D option quiet

BEGIN
{
	i = 5;
	printf("%d\n", -i);
	printf("%d\n", - -i);
	printf("%d\n", +i);
	c = (char)-128;
	printf("%d\n", -c);
	u = (uint32_t)1;
	printf("%u\n", -u);
	exit(0);
}
