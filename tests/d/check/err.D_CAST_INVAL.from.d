/* Nor the other way round. */
struct s { int a; };
struct s v;
BEGIN
{
	trace((int)v);
}
