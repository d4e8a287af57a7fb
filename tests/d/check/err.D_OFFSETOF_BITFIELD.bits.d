/* A bit-field has no offset in bytes. */
struct s { int a:3; int b:5; };
BEGIN
{
	trace(offsetof(struct s, b));
}
