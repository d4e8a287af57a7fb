/* Bit-fields are cut to their width and keep their neighbours. */
#pragma D option quiet

struct bits { int a:3; unsigned b:5; int c:24; };
struct bits v;
BEGIN
{
	v.b = 21;
	v.a = 5;
	v.c = -1;
	printf("%d %d %d\n", v.a, v.b, v.c);
	v.b = 33;
	v.a++;
	printf("%d %d %d %d\n", v.a, v.b, v.c, sizeof (struct bits));
	exit(0);
}
