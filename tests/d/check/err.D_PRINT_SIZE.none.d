/* An array of nothing has no bytes to print. */
struct s { int n; char tail[0]; };
struct s *p;
BEGIN
{
	print(p->tail);
}
