/* A bit-field begins between bytes. */
struct s { int a:3; };
struct s *p;
BEGIN
{
	trace(&p->a);
}
