/* The right side of an assignment is evaluated before the left is changed */
#pragma D option quiet

struct p { int x; int y; };
struct p s;

BEGIN
{
	s.x = (s.y = 3) + 1;
	printf("%d %d\n", s.x, s.y);
	s.x += (s.y = 5);
	printf("%d %d\n", s.x, s.y);
	exit(0);
}
