/* offsetof of members, of anonymous ones as well. */
#pragma D option quiet

struct s { char c; int i; struct { short a; long b; }; union { int x; char y; } u; char last[3]; };
BEGIN
{
	printf("%d %d %d %d %d %d\n", offsetof(struct s, c), offsetof(struct s, i), offsetof(struct s, a), offsetof(struct s, b),
	    offsetof(struct s, u), offsetof(struct s, last));
	exit(0);
}
