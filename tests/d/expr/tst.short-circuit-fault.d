/* What is not evaluated does not fault */
#pragma D option quiet

BEGIN
{
	z = 0;
	printf("%d\n", z != 0 && 10 / z);
	printf("%d\n", z == 0 || 10 / z);
	printf("%d\n", z ? 10 / z : 3);
	exit(0);
}
