/* No translator makes that. */
struct s { int a; };
BEGIN
{
	trace(xlate <struct s *> (pid)->a);
}
