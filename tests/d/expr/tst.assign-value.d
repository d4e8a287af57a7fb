/* The value of an assignment is what was stored */
#pragma D option quiet

BEGIN
{
	c = (int8_t)0;
	printf("%d\n", c = 300);
	printf("%d\n", a = b = 7);
	printf("%d\n", a + b);
	printf("%d\n", (c += 100));
	exit(0);
}
