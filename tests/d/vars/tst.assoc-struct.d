/* Arrays of structs: members of elements are written one by one. */
#pragma D option quiet

struct s { int a; int b; };
struct s v[string];
BEGIN
{
	v["x"].a = 1;
	v["x"].b = 2;
	v["y"].b = 3;
	printf("%d %d %d %d\n", v["x"].a, v["x"].b, v["y"].a, v["y"].b);
	exit(0);
}
