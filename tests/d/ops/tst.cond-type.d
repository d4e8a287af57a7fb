/* Both sides get the common type. */
#pragma D option quiet

BEGIN
{
	x = 1;
	printf("%d\n", (x ? -1 : 1u) > 0);
	printf("%d\n", sizeof (x ? (char)1 : 1l));
	exit(0);
}
