/* Translators. */
struct in { int i; };
struct out { int a; int b; };
translator struct out < struct in *p > {
	a = p->i;
	b = p->i + 1;
};
BEGIN { x = xlate <struct out>((struct in *)0); y = xlate<struct out *>(z)->a; }
