/* A declared variable keeps its type. */
#pragma D option quiet

int8_t a;
uint16_t b;
int32_t c;
BEGIN
{
	a = 200;
	b = -1;
	c = 0x1ffffffff;
	printf("%d %d %d\n", a, b, c);
	exit(0);
}
