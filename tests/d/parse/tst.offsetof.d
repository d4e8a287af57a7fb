/* offsetof of members. */
#pragma D option quiet

typedef struct s { int a; char b; long c; } t;
BEGIN
{
	printf("%d\n", offsetof(struct s, a));
	printf("%d\n", offsetof(struct s, c));
	printf("%d\n", offsetof(t, b));
	exit(0);
}
