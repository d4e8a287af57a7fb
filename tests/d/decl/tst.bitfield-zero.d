/* An unnamed bit-field of width 0 begins a new unit. */
#pragma D option quiet

struct s { int a:3; int :0; int b:3; };
struct t { int a:3; int :5; int b:3; };
struct s v;
struct t w;
BEGIN
{
	v.b = 3;
	w.b = 2;
	printf("%d %d %d %d\n", sizeof (struct s), sizeof (struct t), v.b, w.b);
	exit(0);
}
