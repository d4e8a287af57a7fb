/* & of what lies in memory */
#pragma D option quiet

struct s { char a[4]; int b; };

BEGIN
{
	p = (struct s *)alloca(sizeof (struct s)); p->b = 7; q = &p->b;
	printf("%d\n", *q);
	*q = 8;
	printf("%d\n", p->b);
	printf("%d\n", (long)&p->b - (long)p);
	printf("%d\n", &*p == p);
	printf("%d\n", &p->a[2] - &p->a[0]);
	exit(0);
}
