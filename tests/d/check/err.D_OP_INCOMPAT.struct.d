/* Structs of two types. */
struct a { int x; };
struct b { int x; };
struct a u;
struct b v;
BEGIN
{
	u = v;
}
