/* Nor is a struct. */
struct s { int a; };
struct s v;
BEGIN
/v/
{
}
