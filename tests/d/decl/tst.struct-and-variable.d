/* A struct and a variable of it in one declaration. */
#pragma D option quiet

struct s { int a; } v;
BEGIN
{
	v.a = 4;
	printf("%d %d\n", v.a, sizeof (struct s));
	exit(0);
}
