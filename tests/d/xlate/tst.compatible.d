/* Without a translator of the very type, one that takes it as an argument. */
#pragma D option quiet

struct kind { char what[8]; };
translator struct kind < int n > { what = "int"; };
translator struct kind < long n > { what = "long"; };
translator struct kind < string s > { what = "string"; };
struct named { char name[8]; };
BEGIN
{
	this->p = (struct named *)alloca(sizeof (struct named));
	printf("%s %s %s %s\n", xlate <struct kind *> ((char)1)->what, xlate <struct kind *> (1)->what, xlate <struct kind *> (1l)->what,
	    xlate <struct kind *> (this->p->name)->what);
	exit(0);
}
