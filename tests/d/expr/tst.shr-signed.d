/* Shift to the right keeps the sign of a signed number */
#pragma D option quiet

BEGIN
{
	i = -16;
	printf("%d\n", i >> 2);
	printf("%d\n", i >> 60);
	j = (int)-1;
	printf("%d\n", j >> 31);
	exit(0);
}
