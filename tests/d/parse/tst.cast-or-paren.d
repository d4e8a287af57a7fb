/* A name in parentheses is a cast only if it is a type. */
#pragma D option quiet

typedef int t;
int x;
dtrace:::BEGIN { x = 5; }
BEGIN
{
	printf("%d\n", (x) -1);
	printf("%d\n", (t) -1);
	printf("%d\n", (x) * 2);
	printf("%d\n", (t)(x));
	printf("%d\n", (x));
	exit(0);
}
