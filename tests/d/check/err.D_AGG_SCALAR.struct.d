/* Nor has a struct a maximum. */
struct s { int a; };
struct s v;
BEGIN
{
	@a = max(v);
}
