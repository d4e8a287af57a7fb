/* A struct is nothing that printf() knows. */
struct s { int a; };
struct s v;
BEGIN
{
	printf("%d\n", v);
}
