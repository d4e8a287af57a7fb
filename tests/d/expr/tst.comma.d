/* The value of a comma is its right side; both are evaluated */
#pragma D option quiet

BEGIN
{
	n = 0;
	printf("%d\n", (n++, n + 10));
	printf("%d\n", (n = 5, n++, n));
	exit(0);
}
