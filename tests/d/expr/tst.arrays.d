/* An array variable: elements, also by a variable index */
#pragma D option quiet

int a[5];

BEGIN
{
	a[0] = 1; a[4] = 5; i = 2; a[i] = 7; a[i + 1] = a[i] * 2;
	printf("%d\n", a[0]);
	printf("%d\n", a[1]);
	printf("%d\n", a[2]);
	printf("%d\n", a[3]);
	printf("%d\n", a[i * 2]);
	a[i]++; a[i] += 10;
	printf("%d\n", a[2]);
	printf("%d\n", sizeof (a));
	exit(0);
}
