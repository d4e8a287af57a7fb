/* A variable may be declared again with the same type. */
#pragma D option quiet

int x;
int x;
BEGIN
{
	x = 1;
	printf("%d\n", x);
	exit(0);
}
