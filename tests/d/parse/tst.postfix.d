/* Postfix operators bind closer than prefix ones. */
#pragma D option quiet

int x;
dtrace:::BEGIN { x = 1; }
BEGIN
{
	printf("%d\n", -x++);
	printf("%d\n", x);
	printf("%d\n", !x--);
	printf("%d\n", x);
	printf("%d\n", ++x * 2);
	printf("%d\n", - --x);
	exit(0);
}
