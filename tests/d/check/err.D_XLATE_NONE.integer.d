/* An integer is no pointer. */
struct s { int a; };
translator struct s < int *p > { a = *p; };
BEGIN
{
	trace(xlate <struct s *> (1)->a);
}
