/* A struct has no next one. */
struct s { int a; };
struct s v;
BEGIN
{
	v++;
}
