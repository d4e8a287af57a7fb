/* No translator takes that. */
struct s { int a; };
translator struct s < int x > { a = x; };
BEGIN
{
	trace(xlate <struct s> (execname).a);
}
