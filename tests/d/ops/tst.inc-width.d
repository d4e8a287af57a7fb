/* A variable wraps at its own width. */
#pragma D option quiet

uint8_t b;
int8_t s;
BEGIN
{
	b = 255;
	b++;
	s = 127;
	s++;
	printf("%d %d\n", b, s);
	b--;
	printf("%d\n", b);
	exit(0);
}
