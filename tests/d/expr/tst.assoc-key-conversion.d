/* A key has the type of its first use */
#pragma D option quiet

BEGIN
{
	a[(int8_t)1] = 5;
	printf("%d\n", a[257]);
	printf("%d\n", a[1L]);
	printf("%d\n", a[2]);
	exit(0);
}
