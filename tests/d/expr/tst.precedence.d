/* Operators bind as in C */
#pragma D option quiet

BEGIN
{
	a = 2; b = 3; c = 4;
	printf("%d\n", a + b * c);
	printf("%d\n", (a + b) * c);
	printf("%d\n", a << b + 1);
	printf("%d\n", a | b & c);
	printf("%d\n", a ^ b | c);
	printf("%d\n", a < b == 1);
	printf("%d\n", -a * -b);
	printf("%d\n", !a == 0);
	printf("%d\n", a == 2 && b == 3 || c == 9);
	printf("%d\n", a & b == 3);
	printf("%d\n", 10 - a - b);
	printf("%d\n", 100 / c / 5);
	printf("%d\n", ~a & 7);
	exit(0);
}
