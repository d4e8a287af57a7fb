/* A key is converted to the type of the first one. */
#pragma D option quiet

int8_t a[uint8_t];
BEGIN
{
	a[1] = 300;
	a[257] += 1;
	printf("%d %d\n", a[1], a[513]);
	exit(0);
}
