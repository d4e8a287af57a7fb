/* Values of variables of type int64_t in wider expressions keep their sign. */
#pragma D option quiet

int64_t x;
long y;

BEGIN
{
	x = 200;
	printf("%d\n", x + 0l);
	printf("%d\n", (x = -1, x + 0l));
	printf("%d\n", x == -1);
	printf("%d\n", x < 0);
	printf("%d\n", y = x);
	printf("%d\n", (unsigned char)x);
	printf("%d\n", (short)x);
	printf("%d\n", (unsigned int)x);
	printf("%d\n", (long)x);
	exit(0);
}
