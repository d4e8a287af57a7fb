/* Bit-fields: unsigned ones wrap, signed ones have a sign */
#pragma D option quiet

struct s { unsigned a : 3; int b : 3; unsigned c : 1; unsigned d : 20; };
struct s s;

BEGIN
{
	s.a = 5; s.b = -2; s.c = 1; s.d = 1000;
	printf("%d\n", s.a);
	printf("%d\n", s.b);
	printf("%d\n", s.c);
	printf("%d\n", s.d);
	s.a = 9;
	printf("%d\n", s.a);
	s.b = 4;
	printf("%d\n", s.b);
	printf("%d\n", s.c);
	s.a++; s.d -= 1;
	printf("%d %d\n", s.a, s.d);
	printf("%d\n", sizeof (struct s));
	exit(0);
}
