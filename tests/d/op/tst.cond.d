/* ?: gives one side and looks at that one only. */
#pragma D option quiet

int a;
int b;

BEGIN
{
	a = 1;
	b = 10;
	printf("%d\n", a ? 2 : 3);
	printf("%d\n", !a ? 2 : 3);
	printf("%d\n", a ? b++ : --b);
	printf("%d\n", b);
	printf("%d\n", !a ? b++ : --b);
	printf("%d\n", b);
	printf("%d\n", a ? a ? 4 : 5 : 6);
	printf("%d\n", 1 ? 7 : 8);
	printf("%d\n", 0 ? 7 : 8);
	exit(0);
}
