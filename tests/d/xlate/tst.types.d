/* Which translator is taken depends on the type. */
#pragma D option quiet

struct kind { char what[8]; };
translator struct kind < int n > { what = "int"; };
translator struct kind < string s > { what = "string"; };
BEGIN
{
	printf("%s %s\n", xlate <struct kind *> (1)->what, xlate <struct kind *> (execname)->what);
	exit(0);
}
