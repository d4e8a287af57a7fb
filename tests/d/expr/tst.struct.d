/* Structure variables: members, assignment by value */
#pragma D option quiet

struct inner { int y; };
struct s { int x; char c; struct inner in; };
struct s s;
struct s u;

BEGIN
{
	s.x = 1; s.c = 'z'; s.in.y = 2; u = s; s.x = 9; s.in.y++;
	printf("%d\n", s.x);
	printf("%d\n", u.x);
	printf("%c\n", u.c);
	printf("%d\n", s.in.y);
	printf("%d\n", u.in.y);
	u.in = s.in;
	printf("%d\n", u.in.y);
	printf("%d\n", u.x);
	exit(0);
}
