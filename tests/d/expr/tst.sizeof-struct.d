/* sizeof and offsetof of structures with padding */
#pragma D option quiet

struct s { char a; int b; char *c; short d; };
union u { char a[5]; int b; };

BEGIN
{
	printf("%d\n", sizeof (struct s));
	printf("%d\n", sizeof (union u));
	printf("%d\n", offsetof(struct s, b));
	printf("%d\n", offsetof(struct s, c));
	printf("%d\n", offsetof(struct s, d));
	printf("%d\n", sizeof (((struct s *)0)->d));
	exit(0);
}
