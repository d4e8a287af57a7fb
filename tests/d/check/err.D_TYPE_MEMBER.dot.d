/* There is no such member. */
struct s { int a; };
struct s v;
BEGIN
{
	trace(v.b);
}
