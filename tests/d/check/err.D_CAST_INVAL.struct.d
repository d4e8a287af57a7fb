/* A number cannot become a struct. */
struct s { int a; };
BEGIN
{
	trace((struct s)1);
}
