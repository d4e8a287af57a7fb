/* A translator of a struct reads its members. */
#pragma D option quiet

struct raw { int a; int b; };
struct sum { long total; };
translator struct sum < struct raw *r > { total = r->a + r->b; };
BEGIN
{
	this->r = (struct raw *)alloca(sizeof (struct raw));
	this->r->a = 40;
	this->r->b = 2;
	printf("%d\n", xlate <struct sum *> (this->r)->total);
	exit(0);
}
