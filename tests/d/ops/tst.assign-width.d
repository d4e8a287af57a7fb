/* op= works in the wider type and stores in the narrower. */
#pragma D option quiet

uint8_t b;
BEGIN
{
	b = 200;
	b += 100;
	printf("%d ", b);
	b = 100;
	b /= 3;
	printf("%d ", b);
	b = 1;
	b -= 2;
	printf("%d\n", b);
	exit(0);
}
