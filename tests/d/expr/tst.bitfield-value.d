/* The value of an assignment to a bit-field is what it holds then */
#pragma D option quiet

struct s { unsigned a : 3; int b : 3; };
struct s s;

BEGIN
{
	printf("%d\n", s.a = 9);
	printf("%d\n", s.b = 7);
	printf("%d\n", s.a++);
	printf("%d\n", ++s.a);
	printf("%d\n", s.a += 6);
	printf("%d\n", --s.b);
	s.a = 7;
	printf("%d\n", ++s.a);
	printf("%d\n", --s.a);
	printf("%d\n", s.a--);
	exit(0);
}
